// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.source.AbortableSplitReader;
import io.velo.flink.common.source.ScanReading;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Hands out the rows of batches and remembers how far they went. Immutable. */
final class TupleReading implements ScanReading<TupleBatch, ScanSplit, ScanSplitState> {

    private final TableScan scan;

    TupleReading(TableScan scan) {
        this.scan = scan;
    }

    @Override
    public AbortableSplitReader<TupleBatch, ScanSplit> open() {
        return new ScanSplitReader(scan);
    }

    @Override
    public void emit(TupleBatch batch, SourceOutput<RowData> output, ScanSplitState state) {
        output.collect(batch.row());
        state.emitted(batch);
    }

    @Override
    public ScanSplitState begin(ScanSplit split) {
        return new ScanSplitState(split);
    }

    @Override
    public ScanSplit rest(ScanSplitState state) {
        return state.toSplit();
    }
}
