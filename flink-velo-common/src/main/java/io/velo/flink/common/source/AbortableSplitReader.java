// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/**
 * A split reader whose waiting for the endpoint another thread can end. Without that, closing a
 * task would take as long as the endpoint is silent.
 *
 * @param <R> what one fetch is made of
 * @param <S> the split
 */
public interface AbortableSplitReader<R, S extends SourceSplit> extends SplitReader<R, S> {

    /** Ends a read that is under way and all later ones. Called by the task's thread, any time. */
    void abort();
}
