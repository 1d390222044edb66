// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.table.data.RowData;

/**
 * Reads splits and hands their rows to the job; tells the enumerator which ranges were read, and
 * the server what it may forget: only what a completed checkpoint holds. Used by the task's thread.
 */
final class CaptureReader
        extends SingleThreadMultiplexSourceReaderBase<
                CaptureBatch, RowData, CaptureSplit, CaptureSplitState> {

    private final CaptureSettings settings;
    private final CaptureProgress progress;
    private final OpenReaders open;

    /** What the enumerator was told of, until a completed checkpoint of its own holds it. */
    private final Map<String, CaptureSplit> told = new LinkedHashMap<>();

    private final SplitPieces pieces = new SplitPieces();
    private CaptureSplit whole;
    private final TreeMap<Long, Long> positions = new TreeMap<>();
    private final Deque<Long> completed = new ArrayDeque<>();
    private final CaptureMetrics metrics;

    CaptureReader(CaptureSettings settings, SourceReaderContext context) {
        this(settings, new CaptureProgress(), context);
    }

    private CaptureReader(
            CaptureSettings settings, CaptureProgress progress, SourceReaderContext context) {
        this(settings, progress, new OpenReaders(settings, progress, folder(context)), context);
    }

    private CaptureReader(
            CaptureSettings settings,
            CaptureProgress progress,
            OpenReaders open,
            SourceReaderContext context) {
        super(
                open,
                (batch, output, state) -> {
                    batch.emit(output);
                    state.emitted(batch);
                },
                context.getConfiguration(),
                context);
        this.settings = settings;
        this.progress = progress;
        this.open = open;
        this.metrics = new CaptureMetrics(context.metricGroup(), progress);
    }

    private static Path folder(SourceReaderContext context) {
        String[] folders = ConfigurationUtils.parseTempDirectories(context.getConfiguration());
        return Path.of(folders.length == 0 ? System.getProperty("java.io.tmpdir") : folders[0]);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<CaptureSplit> splits) {
        List<CaptureSplit> toRead = new ArrayList<>();
        List<SnapshotSplit> finished = new ArrayList<>();
        for (CaptureSplit given : StreamSplit.newest(splits)) {
            CaptureSplit split = given instanceof SplitInPieces ? takeWhole() : given;
            if (split instanceof SnapshotSplit range && range.finished()) {
                finished.add(range);
            } else if (split instanceof StreamSplit changes
                    && StateCheck.asksForOthers(settings, changes.tables())) {
                giveBack(changes);
            } else {
                toRead.add(split);
            }
        }
        report(finished);
        if (!toRead.isEmpty()) {
            String[] ids = toRead.stream().map(CaptureSplit::splitId).toArray(String[]::new);
            context.sendSourceEventToCoordinator(new SplitsHeld(ids));
            super.addSplits(toRead);
        }
    }

    private CaptureSplit takeWhole() {
        CaptureSplit split = whole;
        whole = null;
        if (split == null) {
            throw new IllegalStateException("A split was announced that has not come whole.");
        }
        return split;
    }

    /** The enumerator decides how changes go on for which other tables are asked now. */
    private void giveBack(StreamSplit changes) {
        told.put(changes.splitId(), changes);
        SplitPieces.of(changes).forEach(context::sendSourceEventToCoordinator);
    }

    private void report(List<SnapshotSplit> finished) {
        finished.forEach(split -> told.put(split.splitId(), split));
        RangesRead.of(finished).forEach(context::sendSourceEventToCoordinator);
    }

    @Override
    protected void onSplitFinished(Map<String, CaptureSplitState> finished) {
        List<SnapshotSplit> ranges = new ArrayList<>();
        finished.forEach(
                (splitId, state) -> {
                    if (splitId.equals(StreamSplit.ID)) {
                        slotIsLost((StreamSplit) state.toSplit());
                    } else {
                        ranges.add(progress.takeEnded(splitId));
                    }
                });
        report(ranges);
        context.sendSplitRequest();
    }

    private void slotIsLost(StreamSplit changes) {
        told.put(changes.splitId(), changes);
        positions.clear();
        completed.clear();
        progress.forgetAcknowledged();
        context.sendSourceEventToCoordinator(new SlotGone(changes.place(), progress.lost()));
    }

    @Override
    public List<CaptureSplit> snapshotState(long checkpointId) {
        List<CaptureSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        for (CaptureSplit split : splits) {
            if (split instanceof StreamSplit changes) {
                positions.put(checkpointId, changes.position().endLsn());
            }
        }
        splits.addAll(told.values());
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Long position = positions.get(checkpointId);
        positions.headMap(checkpointId, true).clear();
        if (position == null) {
            return;
        }
        completed.addLast(position);
        if (completed.size() > settings.slot().acknowledgeDelay()) {
            Moment.BEFORE_ACKNOWLEDGE.reached(settings.slot().slot());
            long acknowledged = completed.removeFirst();
            progress.acknowledge(acknowledged);
            open.acknowledge(acknowledged);
            metrics.acknowledged(acknowledged);
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof RangesKnown known) {
            told.keySet().removeAll(Set.of(known.splitIds()));
        } else if (event instanceof SplitPiece piece) {
            pieces.add(piece).ifPresent(split -> whole = split);
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    protected CaptureSplitState initializedState(CaptureSplit split) {
        return new CaptureSplitState(
                split instanceof SnapshotSplit range ? range.resumed() : split);
    }

    @Override
    protected CaptureSplit toSplitType(String splitId, CaptureSplitState state) {
        return state.toSplit();
    }

    /** Cuts connections first: a fetcher that waits for the server would hold up the closing. */
    @Override
    public void close() throws Exception {
        open.abort();
        super.close();
    }

    /** Makes the split readers and remembers them. Thread-safe. */
    private static final class OpenReaders
            implements Supplier<SplitReader<CaptureBatch, CaptureSplit>> {

        private final CaptureSettings settings;
        private final CaptureProgress progress;
        private final Path folder;
        private final Collection<CaptureSplitReader> readers = ConcurrentHashMap.newKeySet();

        OpenReaders(CaptureSettings settings, CaptureProgress progress, Path folder) {
            this.settings = settings;
            this.progress = progress;
            this.folder = folder;
        }

        @Override
        public SplitReader<CaptureBatch, CaptureSplit> get() {
            CaptureSplitReader reader = new CaptureSplitReader(settings, progress, folder);
            readers.add(reader);
            return reader;
        }

        void acknowledge(long lsn) {
            readers.forEach(reader -> reader.acknowledge(lsn));
        }

        void abort() {
            readers.forEach(CaptureSplitReader::abort);
        }
    }
}
