// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.table.data.RowData;

/** Reads splits and hands their rows to the job. Used by the task's thread. */
final class ScanReader
        extends SingleThreadMultiplexSourceReaderBase<
                TupleBatch, RowData, ScanSplit, ScanSplitState> {

    private final OpenReaders open;

    ScanReader(TableScan scan, SourceReaderContext context) {
        this(new OpenReaders(scan), context);
    }

    private ScanReader(OpenReaders open, SourceReaderContext context) {
        super(
                open,
                (batch, output, state) -> {
                    output.collect(batch.row());
                    state.emitted(batch);
                },
                context.getConfiguration(),
                context);
        this.open = open;
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ScanSplitState> finished) {
        context.sendSplitRequest();
    }

    @Override
    protected ScanSplitState initializedState(ScanSplit split) {
        return new ScanSplitState(split);
    }

    @Override
    protected ScanSplit toSplitType(String splitId, ScanSplitState state) {
        return state.toSplit();
    }

    /** Cuts connections first: a fetcher that waits for the server would hold up the closing. */
    @Override
    public void close() throws Exception {
        open.abort();
        super.close();
    }

    /** Makes the split readers and remembers them. Thread-safe. */
    private static final class OpenReaders implements Supplier<SplitReader<TupleBatch, ScanSplit>> {

        private final TableScan scan;
        private final Set<ScanSplitReader> readers = ConcurrentHashMap.newKeySet();

        OpenReaders(TableScan scan) {
            this.scan = scan;
        }

        @Override
        public SplitReader<TupleBatch, ScanSplit> get() {
            ScanSplitReader reader = new ScanSplitReader(scan);
            readers.add(reader);
            return reader;
        }

        void abort() {
            readers.forEach(ScanSplitReader::abort);
        }
    }
}
