// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Records what a job sees exactly once: rows become visible to this JVM when a checkpoint that
 * holds them has completed, each at its own number, so that no failure shows one twice. For
 * parallelism 1.
 */
final class RecordedChanges extends RichMapFunction<SeenChange, SeenChange>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Log> LOGS = new ConcurrentHashMap<>();

    private final String run;

    private transient List<SeenChange> pending;
    private transient long committed;
    private transient TreeMap<Long, Long> ends;
    private transient ListState<SeenChange> pendingState;
    private transient ListState<Long> committedState;

    RecordedChanges(String run) {
        this.run = run;
        LOGS.put(run, new Log());
    }

    /** What was recorded so far. */
    static List<SeenChange> of(String run) {
        return since(run, 0);
    }

    /** What was recorded from this number on. */
    static List<SeenChange> since(String run, int first) {
        Log log = LOGS.get(run);
        synchronized (log) {
            int size = log.changes.size();
            return List.copyOf(log.changes.subList(Math.min(first, size), size));
        }
    }

    /** Whether a change was recorded that is none of the rows that were there. */
    static boolean hasChanges(String run) {
        Log log = LOGS.get(run);
        synchronized (log) {
            return log.hasChanges;
        }
    }

    /** How often the recording has begun, after each failure anew. */
    static int starts(String run) {
        Log log = LOGS.get(run);
        synchronized (log) {
            return log.starts;
        }
    }

    static void forget(String run) {
        LOGS.remove(run);
    }

    @Override
    public SeenChange map(SeenChange change) {
        pending.add(change);
        return change;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        pendingState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "pending",
                                        TypeInformation.of(new TypeHint<SeenChange>() {})));
        committedState =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("committed", Long.class));
        pending = new ArrayList<>();
        ends = new TreeMap<>();
        pendingState.get().forEach(pending::add);
        committed = 0;
        for (Long value : committedState.get()) {
            committed = value;
        }
        Log log = LOGS.get(run);
        synchronized (log) {
            log.starts++;
            if (log.changes.size() > committed + pending.size()) {
                throw new IllegalStateException(
                        "The job goes on from an older checkpoint than the last that completed.");
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        pendingState.update(pending);
        committedState.update(List.of(committed));
        ends.put(context.getCheckpointId(), committed + pending.size());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        Map.Entry<Long, Long> end = ends.floorEntry(checkpoint);
        if (end == null || end.getValue() <= committed) {
            return;
        }
        List<SeenChange> visible = pending.subList(0, (int) (end.getValue() - committed));
        Log log = LOGS.get(run);
        synchronized (log) {
            // A checkpoint that completed just before a failure may have been shown already.
            int shown = (int) (log.changes.size() - committed);
            log.add(visible.subList(shown, visible.size()));
        }
        committed = end.getValue();
        visible.clear();
        ends.headMap(checkpoint, true).clear();
    }

    /** What one run has recorded; guarded by itself. */
    private static final class Log {

        private final List<SeenChange> changes = new ArrayList<>();
        private boolean hasChanges;
        private int starts;

        private void add(List<SeenChange> more) {
            changes.addAll(more);
            hasChanges |= more.stream().anyMatch(change -> change.place() != null);
        }
    }
}
