// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Cuts a bounded scan into splits.
 *
 * @param <S> the split
 */
@FunctionalInterface
public interface ScanPlanner<S extends SourceSplit> extends AutoCloseable {

    /**
     * The splits in the order in which they are given out. May ask the endpoint and take its time:
     * it runs in a thread of its own, once per scan.
     *
     * @throws Exception if the scan cannot be planned; the job fails with it
     */
    List<S> plan() throws Exception;

    /** Gives up what the splits need until the scan has ended. Called once, by any thread. */
    @Override
    default void close() {
        // Most planners hold nothing.
    }
}
