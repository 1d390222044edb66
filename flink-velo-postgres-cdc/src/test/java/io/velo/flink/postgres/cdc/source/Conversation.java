// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * Readers that keep what the enumerator says to them, as {@code split e:0} or {@code no more}. What
 * is done in another thread is done at once; what is done again and again is not done.
 */
final class Conversation implements SplitEnumeratorContext<CaptureSplit> {

    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<String>> said = new HashMap<>();
    private final Map<String, Gauge<?>> gauges = new TreeMap<>();

    /** A reader has registered. */
    void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "host"));
    }

    /** What a reader was told, in order. */
    List<String> said(int subtask) {
        return said.computeIfAbsent(subtask, ignored -> new ArrayList<>());
    }

    /** What a gauge shows. */
    Object gauge(String name) {
        return gauges.get(name).getValue();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return new Gauges();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        said(subtask)
                .add(
                        event instanceof RangesKnown known
                                ? "known " + Arrays.toString(known.splitIds())
                                : event.getClass().getSimpleName());
    }

    @Override
    public int currentParallelism() {
        return readers.size();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<CaptureSplit> splits) {
        splits.assignment()
                .forEach(
                        (subtask, given) ->
                                given.forEach(
                                        split -> said(subtask).add("split " + split.splitId())));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        said(subtask).add("no more");
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = call.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }

    @Override
    public <T> void callAsync(
            Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
        // A look at the slot every few seconds.
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
        action.run();
    }

    /** Keeps the gauges. */
    private final class Gauges extends UnregisteredMetricsGroup
            implements SplitEnumeratorMetricGroup {

        @Override
        public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
            return gauge;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }
    }
}
