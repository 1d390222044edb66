// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.failure.FailureHandler;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The reader of Flink's connector, whose dead letters are durable before a checkpoint that covers
 * their records, and at the end. Used by the task's thread.
 */
final class GuardedReader implements SourceReader<RowData, KafkaPartitionSplit> {

    private final SourceReader<RowData, KafkaPartitionSplit> delegate;
    private final FailureHandler failures;

    GuardedReader(SourceReader<RowData, KafkaPartitionSplit> delegate, FailureHandler failures) {
        this.delegate = delegate;
        this.failures = failures;
    }

    @Override
    public void start() {
        delegate.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
        InputStatus status = delegate.pollNext(output);
        if (status == InputStatus.END_OF_INPUT) {
            failures.beforeCheckpoint();
        }
        return status;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        try {
            failures.beforeCheckpoint();
        } catch (IOException e) {
            throw new FlinkRuntimeException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("The task was cancelled.", e);
        }
        return delegate.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return delegate.isAvailable();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        delegate.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        delegate.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        delegate.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        delegate.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        delegate.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        delegate.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        try {
            delegate.close();
        } finally {
            failures.close();
        }
    }
}
