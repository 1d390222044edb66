// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Plans a bounded scan once and gives its splits to the readers that ask. A split that comes back
 * from a failed reader is given out next. Used by the coordinator's thread only.
 *
 * @param <S> the split
 */
public final class ScanEnumerator<S extends SourceSplit>
        implements SplitEnumerator<S, ScanState<S>> {

    private final SplitEnumeratorContext<S> context;
    private final ScanPlanner<S> planner;
    private final Deque<S> waiting;
    private final TreeSet<Integer> asking = new TreeSet<>();
    private boolean planned;

    /**
     * The enumerator of a new or a restored scan.
     *
     * @param planner is asked unless the state says that the scan was planned
     */
    public ScanEnumerator(
            SplitEnumeratorContext<S> context, ScanPlanner<S> planner, ScanState<S> state) {
        this.context = context;
        this.planner = planner;
        this.planned = state.planned();
        this.waiting = new ArrayDeque<>(state.waiting());
    }

    @Override
    public void start() {
        if (!planned) {
            context.callAsync(planner::plan, this::planned);
        }
    }

    private void planned(List<S> splits, Throwable failure) {
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
        S split = waiting.poll();
        if (split == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(split, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<S> splits, int subtask) {
        splits.forEach(waiting::addFirst);
    }

    @Override
    public void addReader(int subtask) {
        // Readers ask when they have nothing to do.
    }

    @Override
    public ScanState<S> snapshotState(long checkpoint) {
        return new ScanState<>(planned, List.copyOf(waiting));
    }

    @Override
    public void close() {
        planner.close();
    }
}
