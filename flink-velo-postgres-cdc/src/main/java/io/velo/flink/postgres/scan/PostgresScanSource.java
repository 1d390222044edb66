// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Reads a PostgreSQL table once, from its first row to its last, and ends. Rows have the columns of
 * {@link TableScan#rowType()}; all are inserts.
 *
 * <p>Every row that is committed before the scan starts and is not changed while it runs is emitted
 * exactly once. After a failure of a streaming job the scan goes on behind the last row of the last
 * checkpoint if the table has a primary key, and fails for good with {@code VELO-IO-007} if it has
 * none; the rows behind that point are those of the later moment.
 *
 * <p>Immutable, therefore thread-safe. Opens no connection itself: the readers do.
 */
public final class PostgresScanSource implements Source<RowData, ScanSplit, ScanCheckpoint> {

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
    public SplitEnumerator<ScanSplit, ScanCheckpoint> createEnumerator(
            SplitEnumeratorContext<ScanSplit> context) {
        ScanSplit whole = ScanSplit.unread(scan.table().toString(), KeyRange.ALL);
        return new ScanEnumerator(context, List.of(whole));
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanCheckpoint> restoreEnumerator(
            SplitEnumeratorContext<ScanSplit> context, ScanCheckpoint checkpoint) {
        return new ScanEnumerator(context, checkpoint.unassigned());
    }

    @Override
    public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
        return new ScanSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ScanCheckpoint> getEnumeratorCheckpointSerializer() {
        return new ScanCheckpointSerializer();
    }

    @Override
    public SourceReader<RowData, ScanSplit> createReader(SourceReaderContext context) {
        return new ScanReader(scan, context);
    }
}
