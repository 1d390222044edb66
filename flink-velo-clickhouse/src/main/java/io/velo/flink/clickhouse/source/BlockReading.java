// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.source.AbortableSplitReader;
import io.velo.flink.common.source.ScanReading;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.table.data.RowData;

/**
 * Hands out the rows of blocks. A scan that is ordered by the table's sorting key goes on after a
 * failure where the checkpoint left it. Another one of which rows were handed out before the
 * checkpoint is refused for good, rather than read twice.
 */
final class BlockReading
        implements ScanReading<BlockRecords.Cursor, ClickHouseSplit, SplitProgress> {

    private final ScanPlan plan;
    private final Transports transports;

    BlockReading(ScanPlan plan) {
        this.plan = plan;
        this.transports = new Transports(plan.target());
    }

    @Override
    public AbortableSplitReader<BlockRecords.Cursor, ClickHouseSplit> open() {
        return new ScanSplitReader(plan, transports);
    }

    @Override
    public void emit(
            BlockRecords.Cursor cursor, SourceOutput<RowData> output, SplitProgress progress) {
        output.collect(cursor.block().row(cursor.row()));
        progress.emitted(cursor.block(), cursor.row());
    }

    @Override
    public SplitProgress begin(ClickHouseSplit split) {
        if (split.lost()) {
            throw new SuppressRestartsException(notResumable(split));
        }
        if (!split.fits(plan)) {
            throw new SuppressRestartsException(ofAnotherQuery());
        }
        return new SplitProgress(split);
    }

    @Override
    public ClickHouseSplit rest(SplitProgress progress) {
        return progress.toSplit();
    }

    private RuntimeException ofAnotherQuery() {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The state holds a part of "
                                + plan.title()
                                + " that another query began to read: other columns or conditions, or a"
                                + " format of another kind.")
                .at(plan.target().place())
                .remedy(
                        "Restore the job with the query and the 'format' that wrote the state, or"
                                + " start it without the state.")
                .toException();
    }

    private RuntimeException notResumable(ClickHouseSplit split) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The scan of "
                                + plan.title()
                                + " had handed out "
                                + split.emitted()
                                + " rows at the checkpoint, and it is not known which: the table"
                                + " has no sorting key by which the scan could go on.")
                .at(plan.target().place())
                .remedy(
                        "Start the job anew, or run it in batch mode, where a scan that fails is"
                                + " read again as a whole.")
                .toException();
    }
}
