// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * What the enumerator of a bounded scan has to remember. Immutable, therefore thread-safe.
 *
 * @param planned whether the table was cut into splits
 * @param waiting splits that no reader has, in the order in which they are given out
 * @param <S> the split
 */
public record ScanState<S extends SourceSplit>(boolean planned, List<S> waiting) {

    public ScanState {
        waiting = List.copyOf(waiting);
    }

    /** The state of a scan that was not planned yet. */
    public static <S extends SourceSplit> ScanState<S> unplanned() {
        return new ScanState<>(false, List.of());
    }
}
