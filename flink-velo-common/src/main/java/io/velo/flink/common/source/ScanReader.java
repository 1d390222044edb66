// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.table.data.RowData;

/**
 * Reads splits one after the other and asks for the next one when done. Closing ends a read that
 * waits for the endpoint. Used by the task's thread only; the split readers have one of their own.
 *
 * @param <R> what one fetch is made of
 * @param <S> the split, as it stands in checkpoints
 * @param <P> how far the reading of a split got
 */
public final class ScanReader<R, S extends SourceSplit, P>
        extends SingleThreadMultiplexSourceReaderBase<R, RowData, S, P> {

    private final ScanReading<R, S, P> reading;
    private final OpenReaders<R, S> open;

    /** A reader that reads in this way. */
    public ScanReader(ScanReading<R, S, P> reading, SourceReaderContext context) {
        this(reading, new OpenReaders<>(reading), context);
    }

    private ScanReader(
            ScanReading<R, S, P> reading, OpenReaders<R, S> open, SourceReaderContext context) {
        super(open, reading::emit, context.getConfiguration(), context);
        this.reading = reading;
        this.open = open;
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, P> finished) {
        context.sendSplitRequest();
    }

    @Override
    protected P initializedState(S split) {
        return reading.begin(split);
    }

    @Override
    protected S toSplitType(String splitId, P progress) {
        return reading.rest(progress);
    }

    @Override
    public void close() throws Exception {
        open.abort();
        super.close();
    }

    /** Makes the split readers and remembers them. Thread-safe. */
    private static final class OpenReaders<R, S extends SourceSplit>
            implements Supplier<SplitReader<R, S>> {

        private final ScanReading<R, S, ?> reading;
        private final Set<AbortableSplitReader<R, S>> readers = ConcurrentHashMap.newKeySet();

        OpenReaders(ScanReading<R, S, ?> reading) {
            this.reading = reading;
        }

        @Override
        public SplitReader<R, S> get() {
            AbortableSplitReader<R, S> reader = reading.open();
            readers.add(reader);
            return new OpenReader<>(reader, readers);
        }

        void abort() {
            readers.forEach(AbortableSplitReader::abort);
        }
    }

    /**
     * A split reader that is forgotten when it is closed: Flink opens a new one whenever splits
     * come after a pause.
     */
    private record OpenReader<R, S extends SourceSplit>(
            AbortableSplitReader<R, S> reader, Set<AbortableSplitReader<R, S>> open)
            implements SplitReader<R, S> {

        @Override
        public RecordsWithSplitIds<R> fetch() throws IOException {
            return reader.fetch();
        }

        @Override
        public void handleSplitsChanges(SplitsChange<S> change) {
            reader.handleSplitsChanges(change);
        }

        @Override
        public void wakeUp() {
            reader.wakeUp();
        }

        @Override
        public void pauseOrResumeSplits(Collection<S> toPause, Collection<S> toResume) {
            reader.pauseOrResumeSplits(toPause, toResume);
        }

        @Override
        public void close() throws Exception {
            open.remove(reader);
            reader.close();
        }
    }
}
