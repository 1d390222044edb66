// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;

/** Cuts the table into splits once and hands them to the readers that ask. Runs in one thread. */
final class ClickHouseEnumerator implements SplitEnumerator<ClickHouseSplit, EnumeratorState> {

    private final SplitEnumeratorContext<ClickHouseSplit> context;
    private final ScanPlan plan;
    private final Deque<ClickHouseSplit> waiting;
    private final TreeSet<Integer> asking = new TreeSet<>();
    private boolean planned;

    ClickHouseEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context, ScanPlan plan, EnumeratorState state) {
        this.context = context;
        this.plan = plan;
        this.planned = state.planned();
        this.waiting = new ArrayDeque<>(state.waiting());
    }

    @Override
    public void start() {
        if (!planned) {
            context.callAsync(() -> new SplitPlanner(plan).split(), this::planned);
        }
    }

    private void planned(List<ClickHouseSplit> splits, Throwable failure) {
        if (failure != null) {
            throw failure instanceof RuntimeException known
                    ? known
                    : new FlinkRuntimeException(failure);
        }
        planned = true;
        waiting.addAll(splits);
        List<Integer> readers = new ArrayList<>(asking);
        asking.clear();
        readers.forEach(this::serve);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        if (planned) {
            serve(subtask);
        } else {
            asking.add(subtask);
        }
    }

    private void serve(int subtask) {
        if (!context.registeredReaders().containsKey(subtask)) {
            return;
        }
        ClickHouseSplit split = waiting.poll();
        if (split == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(split, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<ClickHouseSplit> splits, int subtask) {
        waiting.addAll(splits);
    }

    @Override
    public void addReader(int subtask) {
        // Readers ask when they have nothing to do.
    }

    @Override
    public EnumeratorState snapshotState(long checkpoint) {
        return new EnumeratorState(planned, List.copyOf(waiting));
    }

    @Override
    public void close() {
        // Connections of the planner end with it.
    }
}
