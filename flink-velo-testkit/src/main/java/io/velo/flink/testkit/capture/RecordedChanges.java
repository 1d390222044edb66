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

    private static final Map<String, List<SeenChange>> LOGS = new ConcurrentHashMap<>();

    private final String run;

    private transient List<SeenChange> pending;
    private transient long committed;
    private transient TreeMap<Long, Long> ends;
    private transient ListState<SeenChange> pendingState;
    private transient ListState<Long> committedState;

    RecordedChanges(String run) {
        this.run = run;
        LOGS.put(run, new ArrayList<>());
    }

    /** What was recorded so far. */
    static List<SeenChange> of(String run) {
        List<SeenChange> log = LOGS.get(run);
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** The number of changes recorded so far. */
    static int size(String run) {
        List<SeenChange> log = LOGS.get(run);
        synchronized (log) {
            return log.size();
        }
    }

    /** What was recorded from this number on. */
    static List<SeenChange> since(String run, int first) {
        List<SeenChange> log = LOGS.get(run);
        synchronized (log) {
            return List.copyOf(log.subList(Math.min(first, log.size()), log.size()));
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
        List<SeenChange> log = LOGS.get(run);
        synchronized (log) {
            if (log.size() > committed + pending.size()) {
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
        List<SeenChange> log = LOGS.get(run);
        synchronized (log) {
            // A checkpoint that completed just before a failure may have been shown already.
            int shown = (int) (log.size() - committed);
            log.addAll(visible.subList(shown, visible.size()));
        }
        committed = end.getValue();
        visible.clear();
        ends.headMap(checkpoint, true).clear();
    }
}
