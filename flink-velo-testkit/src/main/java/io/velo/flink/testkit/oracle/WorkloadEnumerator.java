// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/** Gives writer {@code w} to reader {@code w % parallelism}. */
final class WorkloadEnumerator
        implements SplitEnumerator<WorkloadSplit, Collection<WorkloadSplit>> {

    private final SplitEnumeratorContext<WorkloadSplit> context;
    private final Map<Integer, WorkloadSplit> waiting = new TreeMap<>();

    WorkloadEnumerator(
            SplitEnumeratorContext<WorkloadSplit> context, Collection<WorkloadSplit> splits) {
        this.context = context;
        splits.forEach(split -> waiting.put(split.writer(), split));
    }

    @Override
    public void start() {
        // Splits are given when their reader registers.
    }

    @Override
    public void addReader(int reader) {
        List<WorkloadSplit> own =
                waiting.values().stream()
                        .filter(s -> s.writer() % context.currentParallelism() == reader)
                        .toList();
        own.forEach(split -> waiting.remove(split.writer()));
        if (!own.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(Map.of(reader, own)));
        }
        context.signalNoMoreSplits(reader);
    }

    @Override
    public void handleSplitRequest(int reader, String host) {
        // Readers get all they ever get when they register.
    }

    @Override
    public void addSplitsBack(List<WorkloadSplit> splits, int reader) {
        splits.forEach(split -> waiting.put(split.writer(), split));
    }

    @Override
    public Collection<WorkloadSplit> snapshotState(long checkpointId) {
        return List.copyOf(waiting.values());
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
