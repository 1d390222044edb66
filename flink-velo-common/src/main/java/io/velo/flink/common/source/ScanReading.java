// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.table.data.RowData;

/**
 * What a {@link ScanReader} does with the splits of one kind of source.
 *
 * @param <R> what one fetch is made of
 * @param <S> the split, as it stands in checkpoints
 * @param <P> how far the reading of a split got, as it changes with every row
 */
public interface ScanReading<R, S extends SourceSplit, P> {

    /** A reader of splits; it opens what it needs when it gets its first split. */
    AbortableSplitReader<R, S> open();

    /** Hands out the row of the record and notes that in the progress. */
    void emit(R batch, SourceOutput<RowData> output, P progress);

    /**
     * The progress at the start of a split, which may be one from a checkpoint.
     *
     * @throws RuntimeException if the split cannot be read on; one that is never to be tried again
     *     is a {@code SuppressRestartsException}
     */
    P begin(S split);

    /** The split that reads what is left. */
    S rest(P progress);
}
