// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.table.data.RowData;

/**
 * Reads splits and asks for the next one when done. A scan that is ordered by the table's sorting
 * key goes on after a failure where the checkpoint left it. Another one of which rows were handed
 * out before the checkpoint is refused for good, rather than read twice.
 */
final class ClickHouseReader
        extends SingleThreadMultiplexSourceReaderBase<
                BlockRecords.Cursor, RowData, ClickHouseSplit, SplitProgress> {

    private final ScanPlan plan;
    private final ScanSplitReader splitReader;

    ClickHouseReader(ScanPlan plan, ScanSplitReader splitReader, SourceReaderContext context) {
        super(
                () -> splitReader,
                (cursor, output, progress) -> {
                    output.collect(cursor.block().row(cursor.row()));
                    progress.emitted(cursor.block(), cursor.row());
                },
                context.getConfiguration(),
                context);
        this.plan = plan;
        this.splitReader = splitReader;
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<ClickHouseSplit> splits) {
        for (ClickHouseSplit split : splits) {
            if (split.lost()) {
                throw new SuppressRestartsException(notResumable(split));
            }
        }
        super.addSplits(splits);
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

    @Override
    protected void onSplitFinished(Map<String, SplitProgress> finished) {
        context.sendSplitRequest();
    }

    @Override
    protected SplitProgress initializedState(ClickHouseSplit split) {
        return new SplitProgress(split);
    }

    @Override
    protected ClickHouseSplit toSplitType(String id, SplitProgress progress) {
        return progress.toSplit();
    }

    @Override
    public void close() throws Exception {
        splitReader.cancel();
        super.close();
    }
}
