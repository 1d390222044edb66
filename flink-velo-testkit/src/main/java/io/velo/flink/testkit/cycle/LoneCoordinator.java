// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * The coordinator of one reader. What enumerator and reader tell each other waits until {@link
 * #deliver}, as it does in a job. Asynchronous calls are made at once, those of a period only if
 * they begin without a delay, and then once: a cycle is shorter than any period.
 *
 * @param <S> a split
 */
final class LoneCoordinator<S extends SourceSplit> implements SplitEnumeratorContext<S> {

    static final String HOST = "localhost";

    private final SplitEnumeratorMetricGroup metrics =
            UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private SplitEnumerator<S, ?> enumerator;
    private SourceReader<?, S> reader;
    private long checkpoint;

    /** Starts the enumerator, which is made for this coordinator. */
    void start(SplitEnumerator<S, ?> made) {
        enumerator = made;
        enumerator.start();
    }

    /** Starts the reader, which is made for this coordinator. */
    void start(SourceReader<?, S> made) {
        reader = made;
        readers.put(0, new ReaderInfo(0, HOST));
        enumerator.addReader(0);
        reader.start();
    }

    /** Hands over what was said, and what is said to that. */
    void deliver() {
        for (Runnable next = messages.poll(); next != null; next = messages.poll()) {
            next.run();
        }
    }

    /** Takes the state of both, as for a checkpoint, and tells them that it is kept. */
    void checkpoint() throws Exception {
        checkpoint++;
        enumerator.snapshotState(checkpoint);
        reader.snapshotState(checkpoint);
        enumerator.notifyCheckpointComplete(checkpoint);
        reader.notifyCheckpointComplete(checkpoint);
    }

    void requestSplit() {
        messages.add(() -> enumerator.handleSplitRequest(0, HOST));
    }

    void sendToEnumerator(SourceEvent event) {
        messages.add(() -> enumerator.handleSourceEvent(0, event));
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics;
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        messages.add(() -> reader.handleSourceEvents(event));
    }

    @Override
    public int currentParallelism() {
        return 1;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<S> splits) {
        splits.assignment().values().forEach(this::assign);
    }

    private void assign(List<S> splits) {
        messages.add(() -> reader.addSplits(splits));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        messages.add(() -> reader.notifyNoMoreSplits());
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = call.call();
        } catch (Exception e) {
            messages.add(() -> handler.accept(null, e));
            return;
        }
        messages.add(() -> handler.accept(result, null));
    }

    @Override
    public <T> void callAsync(
            Callable<T> call,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        if (initialDelayMillis == 0) {
            callAsync(call, handler);
        }
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
        messages.add(action);
    }
}
