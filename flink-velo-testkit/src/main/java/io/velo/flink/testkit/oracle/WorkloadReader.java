// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/** Emits rows of its writers in turn, at its part of the whole rate. */
final class WorkloadReader<T> implements SourceReader<T, WorkloadSplit> {

    /** One writer's rows and how many of them were emitted. */
    private static final class Open<T> {
        private final int writer;
        private final RowFeed<T> feed;
        private long position;

        Open(int writer, RowFeed<T> feed) {
            this.writer = writer;
            this.feed = feed;
        }
    }

    private static final long BETWEEN_LOOKS_MILLIS = 5;

    private final WorkloadSource<T> source;
    private final WorkloadProgress progress;
    private final Pace pace;
    private final Queue<Open<T>> open = new ArrayDeque<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private boolean noMore;

    WorkloadReader(WorkloadSource<T> source, SourceReaderContext context) {
        this.source = source;
        this.progress = WorkloadProgress.of(source.run());
        this.pace = new Pace((double) source.rowsPerSecond() / context.currentParallelism());
    }

    @Override
    public void start() {
        // Splits come by themselves.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        Open<T> next = open.peek();
        if (next == null) {
            return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (!next.feed.hasNext()) {
            open.remove();
            return InputStatus.MORE_AVAILABLE;
        }
        if (waitMillis() > 0) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        output.collect(next.feed.next());
        pace.came();
        next.position++;
        progress.reached(next.writer, next.position);
        open.add(open.remove());
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (open.isEmpty() && !noMore) {
            return complete;
        }
        long wait = waitMillis();
        if (wait == 0) {
            return CompletableFuture.completedFuture(null);
        }
        Executor later =
                CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, Runnable::run);
        return CompletableFuture.runAsync(() -> {}, later);
    }

    private long waitMillis() {
        Open<T> next = open.peek();
        if (next != null && progress.isHeld(next.writer, next.position)) {
            return BETWEEN_LOOKS_MILLIS;
        }
        return pace.waitMillis();
    }

    @Override
    public void addSplits(List<WorkloadSplit> splits) {
        for (WorkloadSplit split : splits) {
            Open<T> opened = new Open<>(split.writer(), source.feed(split.writer()));
            while (opened.position < split.position()) {
                opened.feed.next();
                opened.position++;
            }
            open.add(opened);
        }
        complete.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        complete.complete(null);
    }

    @Override
    public List<WorkloadSplit> snapshotState(long checkpointId) {
        List<WorkloadSplit> splits = new ArrayList<>();
        open.forEach(one -> splits.add(new WorkloadSplit(one.writer, one.position)));
        return splits;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
