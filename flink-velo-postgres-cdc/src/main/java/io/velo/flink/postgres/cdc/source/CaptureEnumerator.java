// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.SnapshotHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the slot and the ranges, gives ranges to readers, and gives the changes to one of them when
 * a checkpoint has completed behind the last row that was read: then every such row has gone
 * through the job, and no change can overtake one. Used by the coordinator's thread.
 *
 * <p>Two things lead from the changes back to ranges: other tables that are asked for when a job is
 * restored, and a slot that is lost. The reader then gives the changes back, keeps them in its own
 * state until a completed checkpoint holds what became of them, and forgets them when it is told.
 */
final class CaptureEnumerator implements SplitEnumerator<CaptureSplit, CaptureCheckpoint> {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureEnumerator.class);

    private final SplitEnumeratorContext<CaptureSplit> context;
    private final CaptureSettings settings;
    private final Bootstrap bootstrap;
    private final SlotWatch watch;
    private final KnownReaders readers;
    private final CaptureCheckpoint initial;
    private final Deque<CaptureSplit> unassigned = new ArrayDeque<>();
    private final ReadRanges read = new ReadRanges();
    private final TreeMap<Long, Boolean> complete = new TreeMap<>();
    private final Set<Integer> waiting = new TreeSet<>();
    private final SplitPieces pieces = new SplitPieces();
    private CaptureCheckpoint.Phase phase;
    private CapturePlace place;
    private KnownTables tables;
    private String epoch;
    private int ranges;
    private boolean exported;
    private boolean resumes;
    private Optional<StreamSplit> held;
    private long estimatedRows;

    /** Whether ranges are being planned, so that nothing can be given out. */
    private boolean planning;

    /** Whether ranges must wait for a checkpoint behind the last change of a slot that is lost. */
    private boolean gated;

    /** Whether a reader has the changes. */
    private boolean given;

    /** The changes that a reader was sent in pieces: it may give back their name only. */
    private StreamSplit inPieces;

    private Optional<SnapshotHolder> holder = Optional.empty();

    CaptureEnumerator(
            CaptureSettings settings,
            SplitEnumeratorContext<CaptureSplit> context,
            CaptureCheckpoint checkpoint) {
        this.settings = settings;
        this.context = context;
        this.initial = checkpoint;
        this.bootstrap = new Bootstrap(settings);
        this.watch = new SlotWatch(settings, context);
        this.readers = new KnownReaders(context);
        take(checkpoint);
    }

    private void take(CaptureCheckpoint checkpoint) {
        phase = checkpoint.phase();
        place = checkpoint.place();
        tables = checkpoint.tables();
        epoch = checkpoint.epoch();
        ranges = checkpoint.ranges();
        exported = checkpoint.exported();
        resumes = checkpoint.resumes();
        held = checkpoint.held();
        estimatedRows = checkpoint.estimatedRows();
        unassigned.clear();
        unassigned.addAll(checkpoint.unassigned());
        read.clear();
        checkpoint.read().forEach(read::restore);
    }

    @Override
    public void start() {
        context.metricGroup().gauge("snapshotRowsEstimated", () -> estimatedRows);
        context.metricGroup().gauge("chunksTotal", () -> ranges);
        context.metricGroup().gauge("chunksDone", () -> isSnapshot() ? read.size() : ranges);
        if (phase == CaptureCheckpoint.Phase.NEW) {
            plan(bootstrap::make, () -> watch.start(place));
            return;
        }
        try {
            StateCheck.require(settings, initial);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
        watch.start(place);
        if (StateCheck.asksForOthers(settings, tables)) {
            askForOthers();
            return;
        }
        requireHolder();
        startChanges();
    }

    /** Nothing was given out since the restore, so the state stays what it was until then. */
    private void askForOthers() {
        Optional<StreamSplit> here = unassigned.stream().map(StreamSplit.class::cast).findFirst();
        plan(
                () -> bootstrap.extend(initial),
                () -> {
                    // A reader may have given them back meanwhile.
                    held = held.or(() -> here);
                });
    }

    /** Plans in another thread. Changes that were given back meanwhile are kept. */
    private void plan(Callable<Bootstrap.Made> work, Runnable then) {
        planning = true;
        context.callAsync(
                work,
                (made, failure) -> {
                    planning = false;
                    if (failure != null) {
                        throw asRuntime(failure);
                    }
                    Optional<StreamSplit> givenBack = held;
                    take(made.checkpoint());
                    held = resumes ? givenBack : Optional.empty();
                    holder = made.holder();
                    then.run();
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
                                (resumes
                                                ? "Restore the savepoint from before tables were"
                                                        + " added: nothing of it is lost."
                                                : "Start the job without its state, which reads"
                                                        + " the table again.")
                                        + " A table with a PRIMARY KEY, snapshot_strategy=key and"
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
        if (planning || gated || phase == CaptureCheckpoint.Phase.NEW) {
            return;
        }
        for (int subtask : List.copyOf(waiting)) {
            if (!readers.has(subtask)) {
                waiting.remove(subtask);
                continue;
            }
            CaptureSplit next = unassigned.poll();
            if (next != null) {
                waiting.remove(subtask);
                give(next, subtask);
            } else if (isOver()) {
                waiting.remove(subtask);
                readers.end(subtask);
            } else {
                return;
            }
        }
    }

    private void give(CaptureSplit split, int subtask) {
        if (split instanceof StreamSplit changes) {
            given = true;
            List<SplitPiece> cut = SplitPieces.of(changes);
            if (cut.size() > 1) {
                cut.forEach(piece -> context.sendEventToSourceReader(subtask, piece));
                inPieces = changes;
                context.assignSplit(new SplitInPieces(changes.splitId()), subtask);
                return;
            }
        }
        context.assignSplit(split, subtask);
    }

    /** Whether a reader that has nothing will never get anything. */
    private boolean isOver() {
        return isSnapshot()
                ? !settings.readsChanges() && read.size() == ranges
                : given && unassigned.isEmpty();
    }

    @Override
    public void addSplitsBack(List<CaptureSplit> splits, int subtask) {
        for (CaptureSplit back : splits) {
            CaptureSplit split = back instanceof SplitInPieces ? inPieces : back;
            read.remove(List.of(split.splitId()));
            if (split instanceof StreamSplit) {
                given = false;
            }
            if (isOurs(split)) {
                unassigned.addFirst(split);
            }
        }
        assign();
    }

    /** Whether a split is not one that was given up since. */
    private boolean isOurs(CaptureSplit split) {
        return split instanceof StreamSplit changes
                ? !isSnapshot() && changes.place().equals(place)
                : isSnapshot() && isOfThisEpoch(split.splitId());
    }

    private boolean isOfThisEpoch(String splitId) {
        return splitId.startsWith(epoch);
    }

    @Override
    public void addReader(int subtask) {
        // It asks for a split when it has none.
        readers.begins(subtask);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SplitsHeld splits) {
            Set<String> ids = Set.of(splits.splitIds());
            read.remove(ids);
            given |= ids.contains(StreamSplit.ID);
            assign();
        } else if (event instanceof RangesRead ranges) {
            noteRead(ranges);
        } else if (event instanceof SplitPiece piece) {
            pieces.add(piece).ifPresent(split -> givenBack((StreamSplit) split));
        } else if (event instanceof SlotGone gone) {
            slotGone(gone);
        }
    }

    private void noteRead(RangesRead event) {
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        for (byte[] bytes : event.splits()) {
            try {
                CaptureSplit split = serializer.deserialize(event.version(), bytes);
                if (isOurs(split)) {
                    read.add((SnapshotSplit) split);
                } else {
                    read.tell(split.splitId());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!settings.readsChanges() && read.size() == ranges) {
            closeHolder();
            assign();
        }
    }

    /** A restored reader has changes for which other tables were asked. */
    private void givenBack(StreamSplit changes) {
        if (planning || resumes && isSnapshot()) {
            held = Optional.of(changes);
        }
        given = false;
        read.tell(changes.splitId());
    }

    /** A reader cannot read the changes any more, and everything is to be read again. */
    private void slotGone(SlotGone gone) {
        if (isSnapshot() || !gone.place().equals(place)) {
            read.tell(StreamSplit.ID);
            given &= !isSnapshot();
            return;
        }
        given = false;
        if (planning) {
            return;
        }
        LOG.warn("{} All tables are read again: on_lost_slot=resnapshot.", gone.reason());
        CapturePlace before = place;
        plan(
                () -> bootstrap.remake(before),
                () -> {
                    gated = true;
                    complete.clear();
                    read.tell(StreamSplit.ID);
                    watch.follow(place);
                });
    }

    @Override
    public CaptureCheckpoint snapshotState(long checkpointId) {
        if (planning && phase != CaptureCheckpoint.Phase.NEW) {
            // Nothing is told of it: what readers have given back is not in the state yet.
            return state(Optional.empty());
        }
        read.checkpoint(checkpointId);
        complete.put(checkpointId, isComplete());
        return state(held);
    }

    private CaptureCheckpoint state(Optional<StreamSplit> givenBack) {
        return new CaptureCheckpoint(
                phase,
                place,
                tables,
                epoch,
                ranges,
                List.copyOf(unassigned),
                List.copyOf(read.all()),
                exported,
                resumes,
                givenBack,
                estimatedRows);
    }

    /** Whether changes can begin, or go on, as soon as a checkpoint holds what is known now. */
    private boolean isComplete() {
        return isSnapshot() && read.size() == ranges && (!resumes || held.isPresent());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        read.complete(checkpointId, readers::tell);
        Boolean known = complete.get(checkpointId);
        complete.headMap(checkpointId, true).clear();
        if (known == null) {
            return;
        }
        gated = false;
        if (known) {
            startChanges();
        }
        assign();
    }

    /** Hands over to the changes if every range was read. */
    private void startChanges() {
        if (!isComplete() || !settings.readsChanges()) {
            return;
        }
        unassigned.add(HandOver.of(place, tables, read.all(), held));
        phase = CaptureCheckpoint.Phase.CHANGES;
        resumes = false;
        held = Optional.empty();
        read.clear();
        closeHolder();
        assign();
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
