// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.SnapshotHolder;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Makes the slot and the ranges, gives ranges to readers, and gives the changes to one of them when
 * a checkpoint has completed behind the last row that was read: then every such row has gone
 * through the job, and no change can overtake one. Used by the coordinator's thread.
 */
final class CaptureEnumerator implements SplitEnumerator<CaptureSplit, CaptureCheckpoint> {

    private final SplitEnumeratorContext<CaptureSplit> context;
    private final CaptureSettings settings;
    private final Bootstrap bootstrap;
    private final SlotWatch watch;
    private final boolean restored;
    private final Deque<CaptureSplit> unassigned = new ArrayDeque<>();
    private final Map<String, SnapshotSplit> read = new LinkedHashMap<>();
    private final TreeMap<Long, Set<String>> readAtCheckpoint = new TreeMap<>();
    private final Set<Integer> waiting = new TreeSet<>();
    private CaptureCheckpoint.Phase phase;
    private CapturePlace place;
    private KnownTables tables;
    private int ranges;
    private boolean exported;
    private boolean held;
    private Optional<SnapshotHolder> holder = Optional.empty();

    CaptureEnumerator(
            CaptureSettings settings,
            SplitEnumeratorContext<CaptureSplit> context,
            CaptureCheckpoint checkpoint) {
        this.settings = settings;
        this.context = context;
        this.bootstrap = new Bootstrap(settings);
        this.restored = checkpoint.phase() != CaptureCheckpoint.Phase.NEW;
        this.watch = new SlotWatch(settings, context);
        take(checkpoint);
    }

    private void take(CaptureCheckpoint checkpoint) {
        phase = checkpoint.phase();
        place = checkpoint.place();
        tables = checkpoint.tables();
        ranges = checkpoint.ranges();
        exported = checkpoint.exported();
        unassigned.addAll(checkpoint.unassigned());
        checkpoint.read().forEach(split -> read.put(split.splitId(), split));
    }

    @Override
    public void start() {
        context.metricGroup().gauge("chunksTotal", () -> ranges);
        context.metricGroup().gauge("chunksDone", () -> isSnapshot() ? read.size() : ranges);
        if (restored) {
            requireHolder();
            startChanges();
            watch.start(place);
            return;
        }
        context.callAsync(
                bootstrap::make,
                (made, failure) -> {
                    if (failure != null) {
                        throw asRuntime(failure);
                    }
                    take(made.checkpoint());
                    holder = made.holder();
                    watch.start(place);
                    assign();
                });
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
    }

    /** A moment that a connection of the process before held is gone. */
    private void requireHolder() {
        if (!exported || !isSnapshot() || read.size() == ranges) {
            return;
        }
        throw PermanentFailure.orPassing(
                Problem.of(
                                ErrorCode.IO_NOT_RESUMABLE,
                                "The one moment in which "
                                        + tables.names()
                                        + " was read is gone with the process that held it.")
                        .at(settings.database().place())
                        .remedy(
                                "Start the job without its state, which reads the table again; a"
                                        + " table with a PRIMARY KEY, snapshot_strategy=key and"
                                        + " snapshot_consistency=chunk go on by themselves.")
                        .toException());
    }

    private boolean isSnapshot() {
        return phase == CaptureCheckpoint.Phase.SNAPSHOT;
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        waiting.add(subtask);
        assign();
    }

    private void assign() {
        if (phase == CaptureCheckpoint.Phase.NEW) {
            return;
        }
        for (int subtask : List.copyOf(waiting)) {
            if (!context.registeredReaders().containsKey(subtask)) {
                waiting.remove(subtask);
                continue;
            }
            CaptureSplit next = unassigned.poll();
            if (next != null) {
                waiting.remove(subtask);
                context.assignSplit(next, subtask);
                held |= next instanceof StreamSplit;
            } else if (isOver()) {
                waiting.remove(subtask);
                context.signalNoMoreSplits(subtask);
            } else {
                return;
            }
        }
    }

    /** Whether a reader that has nothing will never get anything. */
    private boolean isOver() {
        return isSnapshot()
                ? !settings.readsChanges() && read.size() == ranges
                : held && unassigned.isEmpty();
    }

    @Override
    public void addSplitsBack(List<CaptureSplit> splits, int subtask) {
        for (CaptureSplit split : splits) {
            read.remove(split.splitId());
            if (split instanceof StreamSplit) {
                held = false;
            }
            unassigned.addFirst(split);
        }
        assign();
    }

    @Override
    public void addReader(int subtask) {
        // The reader asks for a split when it has none.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SplitsHeld splits) {
            Set<String> ids = Set.of(splits.splitIds());
            read.keySet().removeAll(ids);
            held |= ids.contains(StreamSplit.ID);
            assign();
        } else if (event instanceof RangesRead ranges) {
            noteRead(subtask, ranges);
        }
    }

    private void noteRead(int subtask, RangesRead event) {
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        List<String> known = new ArrayList<>();
        for (byte[] bytes : event.splits()) {
            try {
                CaptureSplit split = serializer.deserialize(event.version(), bytes);
                if (isSnapshot()) {
                    read.put(split.splitId(), (SnapshotSplit) split);
                } else {
                    known.add(split.splitId());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!known.isEmpty()) {
            context.sendEventToSourceReader(subtask, new RangesKnown(known.toArray(String[]::new)));
        }
        if (!settings.readsChanges() && read.size() == ranges) {
            closeHolder();
            assign();
        }
    }

    @Override
    public CaptureCheckpoint snapshotState(long checkpointId) {
        readAtCheckpoint.put(checkpointId, new HashSet<>(read.keySet()));
        return new CaptureCheckpoint(
                phase,
                place,
                tables,
                ranges,
                List.copyOf(unassigned),
                List.copyOf(read.values()),
                exported,
                false,
                Optional.empty());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Set<String> known = readAtCheckpoint.get(checkpointId);
        readAtCheckpoint.headMap(checkpointId, true).clear();
        if (known == null || !isSnapshot()) {
            return;
        }
        if (!known.isEmpty()) {
            RangesKnown event = new RangesKnown(known.toArray(String[]::new));
            context.registeredReaders()
                    .keySet()
                    .forEach(subtask -> context.sendEventToSourceReader(subtask, event));
        }
        if (known.size() == ranges) {
            startChanges();
        }
    }

    /** Hands over to the changes if every range was read. */
    private void startChanges() {
        if (!isSnapshot() || read.size() != ranges || !settings.readsChanges()) {
            return;
        }
        Map<TableName, List<ReadPart>> parts = new HashMap<>();
        for (SnapshotSplit split : read.values()) {
            List<ReadPart> ofTable =
                    parts.computeIfAbsent(split.table(), table -> new ArrayList<>());
            if (split.byPlace()) {
                // All places of a table were read in one moment: the last horizon holds for all.
                split.parts().stream()
                        .map(part -> new ReadPart(Range.ALL, part.visibility()))
                        .filter(part -> isLater(part, ofTable))
                        .forEach(part -> ofTable.add(0, part));
                ofTable.subList(1, ofTable.size()).clear();
            } else {
                ofTable.addAll(split.parts());
            }
        }
        unassigned.add(
                new StreamSplit(
                        place, tables, StreamPosition.at(place.timeline(), place.start()), parts));
        phase = CaptureCheckpoint.Phase.CHANGES;
        read.clear();
        closeHolder();
        assign();
    }

    private static boolean isLater(ReadPart part, List<ReadPart> known) {
        return known.isEmpty()
                || Long.compareUnsigned(
                                part.visibility().horizon(), known.get(0).visibility().horizon())
                        > 0;
    }

    private void closeHolder() {
        holder.ifPresent(SnapshotHolder::close);
        holder = Optional.empty();
    }

    @Override
    public void close() {
        bootstrap.abort();
        watch.close();
        closeHolder();
    }
}
