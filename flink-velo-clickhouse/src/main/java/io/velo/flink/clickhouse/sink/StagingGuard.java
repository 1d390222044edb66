// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Drops a staging table that has not taken its place, when a job ends in whatever way, and when a
 * JobManager takes a job over that writes all its rows again. Called by the JobManager's thread.
 */
final class StagingGuard implements OperatorCoordinator {

    private static final byte[] NOTHING = new byte[0];

    private final StagingTable staging;
    private final Context context;

    StagingGuard(StagingTable staging, Context context) {
        this.staging = staging;
        this.context = context;
    }

    @Override
    public void start() {
        try {
            staging.dropUnfinished();
        } catch (RuntimeException unreachable) {
            context.failJob(unreachable);
        }
    }

    @Override
    public void close() {
        staging.abandon();
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        throw new IllegalStateException("No operator sends events: " + event);
    }

    @Override
    public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> state) {
        state.complete(NOTHING);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {}

    @Override
    public void resetToCheckpoint(long checkpoint, byte[] state) {}

    @Override
    public void subtaskReset(int subtask, long checkpoint) {}

    @Override
    public void executionAttemptFailed(int subtask, int attempt, Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}
}
