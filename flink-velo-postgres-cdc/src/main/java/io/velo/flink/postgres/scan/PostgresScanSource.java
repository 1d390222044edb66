// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.source.ScanEnumerator;
import io.velo.flink.common.source.ScanReader;
import io.velo.flink.common.source.ScanState;
import io.velo.flink.common.source.ScanStateSerializer;
import io.velo.flink.common.source.SplitSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Reads a PostgreSQL table or query once, in parallel, and ends. Rows have the columns of {@link
 * TableScan#rowType()}; all are inserts.
 *
 * <p>Every row that is committed before the scan starts and is not changed while it runs is emitted
 * exactly once. Parts that are cut by blocks, and all parts under {@link
 * Splitting.Consistency#SNAPSHOT}, show one moment, so that rows which are changed meanwhile are
 * emitted exactly once too, as they were. After a failure of a streaming job the scan goes on
 * behind the last row of the last checkpoint if the table has a primary key, and fails for good
 * with {@code VELO-IO-007} if it has none; the rows behind that point are those of the later
 * moment.
 *
 * <p>Immutable, therefore thread-safe. Opens no connection itself: planner and readers do.
 */
public final class PostgresScanSource implements Source<RowData, ScanSplit, ScanState<ScanSplit>> {

    private static final long serialVersionUID = 1L;

    private final TableScan scan;

    /** A source for this scan. */
    public PostgresScanSource(TableScan scan) {
        this.scan = scan;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanState<ScanSplit>> createEnumerator(
            SplitEnumeratorContext<ScanSplit> context) {
        return restoreEnumerator(context, ScanState.unplanned());
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanState<ScanSplit>> restoreEnumerator(
            SplitEnumeratorContext<ScanSplit> context, ScanState<ScanSplit> state) {
        SplitPlanner planner = new SplitPlanner(scan, context.currentParallelism());
        return new ScanEnumerator<>(context, planner, state);
    }

    @Override
    public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
        return new SplitSerializer<>(new ScanSplitFormat());
    }

    @Override
    public SimpleVersionedSerializer<ScanState<ScanSplit>> getEnumeratorCheckpointSerializer() {
        return new ScanStateSerializer<>(new ScanSplitFormat());
    }

    @Override
    public SourceReader<RowData, ScanSplit> createReader(SourceReaderContext context) {
        return new ScanReader<>(new TupleReading(scan), context);
    }
}
