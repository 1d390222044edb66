// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.connect.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final CaptureCheckpoint initial;
    private final CaptureState state;
    private final Bootstrap bootstrap;
    private final SlotWatch watch;
    private final KnownReaders readers;
    private final SplitGiving giving;
    private final SplitPieces pieces = new SplitPieces();
    private final HeldMoment moment = new HeldMoment();

    /** For each checkpoint that has not completed, whether changes can begin behind it. */
    private final TreeMap<Long, Boolean> complete = new TreeMap<>();

    /** Whether ranges are being planned, so that nothing can be given out. */
    private boolean planning;

    /** Whether ranges must wait for a checkpoint behind the last change of a slot that is lost. */
    private boolean gated;

    CaptureEnumerator(
            CaptureSettings settings,
            SplitEnumeratorContext<CaptureSplit> context,
            CaptureCheckpoint checkpoint) {
        this.settings = settings;
        this.context = context;
        this.initial = checkpoint;
        this.state = new CaptureState(checkpoint);
        this.bootstrap = new Bootstrap(settings);
        this.watch = new SlotWatch(settings, context);
        this.readers = new KnownReaders(context);
        this.giving = new SplitGiving(context, readers, state, settings.readsChanges());
    }

    @Override
    public void start() {
        context.metricGroup().gauge("snapshotRowsEstimated", state::estimatedRows);
        context.metricGroup().gauge("chunksTotal", state::ranges);
        context.metricGroup().gauge("chunksDone", state::rangesRead);
        if (state.isNew()) {
            plan(bootstrap::make, () -> watch.start(state.place()));
            return;
        }
        try {
            StateCheck.require(settings, initial);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
        watch.start(state.place());
        if (StateCheck.asksForOthers(settings, state.tables())) {
            askForOthers();
            return;
        }
        HeldMoment.requireNotGone(settings, state);
        startChanges();
    }

    /** Nothing was given out since the restore, so the state stays what it was until then. */
    private void askForOthers() {
        Optional<StreamSplit> here = state.unassignedChanges();
        // A reader may have given them back meanwhile.
        plan(() -> bootstrap.extend(initial), () -> state.holdUnlessHeld(here));
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
                    state.takePlanned(made.checkpoint());
                    moment.hold(made.holder());
                    then.run();
                    assign();
                });
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        giving.asks(subtask);
        assign();
    }

    private void assign() {
        if (!planning && !gated && !state.isNew()) {
            giving.give();
        }
    }

    @Override
    public void addSplitsBack(List<CaptureSplit> splits, int subtask) {
        readers.failed(subtask);
        giving.takeBack(splits);
        assign();
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
            state.read().remove(ids);
            giving.has(ids);
            assign();
        } else if (event instanceof RangesRead ranges) {
            noteRead(ranges);
        } else if (event instanceof SplitPiece piece) {
            pieces.add(piece).ifPresent(split -> givenBack((StreamSplit) split, subtask));
        } else if (event instanceof SlotGone gone) {
            slotGone(gone);
        }
    }

    private void noteRead(RangesRead event) {
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        for (byte[] bytes : event.splits()) {
            try {
                CaptureSplit split = serializer.deserialize(event.version(), bytes);
                if (state.isOurs(split)) {
                    state.read().add((SnapshotSplit) split);
                } else {
                    state.read().tell(split.splitId());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!settings.readsChanges() && state.isRead()) {
            moment.close();
            assign();
        }
    }

    /**
     * A restored reader has changes for which other tables were asked. It forgets them when a
     * completed checkpoint holds what became of them. If the state of the restore holds it already,
     * that is at once: otherwise the next checkpoint would have these changes beside those that go
     * on behind them, and both would be read by a job that is restored with the tables of before.
     */
    private void givenBack(StreamSplit changes, int subtask) {
        if (planning || state.awaitsChanges()) {
            state.hold(changes);
            giving.changesEnded();
            state.read().tell(changes.splitId());
        } else {
            readers.tell(subtask, new RangesKnown(new String[] {changes.splitId()}));
        }
    }

    /** A reader cannot read the changes any more, and everything is to be read again. */
    private void slotGone(SlotGone gone) {
        if (state.isSnapshot() || !gone.place().equals(state.place())) {
            state.read().tell(StreamSplit.ID);
            if (state.isSnapshot()) {
                giving.changesEnded();
            }
            return;
        }
        giving.changesEnded();
        if (planning) {
            return;
        }
        LOG.warn("{} All tables are read again: on_lost_slot=resnapshot.", gone.reason());
        CapturePlace before = state.place();
        plan(
                () -> bootstrap.remake(before),
                () -> {
                    gated = true;
                    complete.clear();
                    state.read().tell(StreamSplit.ID);
                    watch.follow(state.place());
                });
    }

    @Override
    public CaptureCheckpoint snapshotState(long checkpointId) {
        if (planning && !state.isNew()) {
            // Nothing is told of it: what readers have given back is not in the state yet.
            return state.checkpointWithoutHeld();
        }
        state.read().checkpoint(checkpointId);
        complete.put(checkpointId, state.isComplete());
        return state.checkpoint();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        state.read().complete(checkpointId, readers::tell);
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
        if (!state.isComplete() || !settings.readsChanges()) {
            return;
        }
        state.beginChanges();
        moment.close();
        assign();
    }

    @Override
    public void close() {
        bootstrap.abort();
        watch.close();
        moment.close();
    }
}
