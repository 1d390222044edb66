// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** The batches of one writer on their way to the server, in order. For the task's thread. */
final class BatchLane implements AutoCloseable {

    private final WriteLane lane;
    private final ServerWork work;
    private final WriteTarget target;
    private final TargetTable table;
    private final BatchTransaction transaction;
    private final boolean keepsRows;
    private final Deque<Future<WrittenBatch>> underWay = new ArrayDeque<>();
    private volatile long lastMillis;

    BatchLane(
            WriteLane lane,
            ServerWork work,
            WriteTarget target,
            TargetTable table,
            BatchTransaction transaction,
            boolean keepsRows) {
        this.lane = lane;
        this.work = work;
        this.target = target;
        this.table = table;
        this.transaction = transaction;
        this.keepsRows = keepsRows;
    }

    /** An empty batch for the table. */
    RowBatch newBatch() {
        boolean reduces = target.isUpsert() && !table.loose();
        return new RowBatch(
                table, reduces, new TargetStatements(target, table).deleteSize(), keepsRows);
    }

    /** Lets a batch be written after those before. */
    void submit(RowBatch batch) {
        boolean ordered = target.isUpsert() && !table.loose();
        Callable<WrittenBatch> write =
                () -> {
                    long start = System.nanoTime();
                    List<BatchStep> steps =
                            ordered ? BatchStep.byKey(batch) : BatchStep.byArrival(batch);
                    List<RejectedRow> rejected =
                            work.repeated(attempt -> transaction.write(batch, steps)).call();
                    lastMillis = (System.nanoTime() - start) / 1_000_000;
                    return new WrittenBatch(batch, rejected, lastMillis);
                };
        underWay.add(lane.submit(write));
    }

    /** How many batches are not committed yet or not asked for. */
    int underWay() {
        return underWay.size();
    }

    /** Whether the oldest batch is done. */
    boolean hasDone() {
        return !underWay.isEmpty() && underWay.peek().isDone();
    }

    /**
     * Waits for the oldest batch.
     *
     * @throws RuntimeException what it failed with
     */
    WrittenBatch await() throws IOException, InterruptedException {
        WrittenBatch done = lane.await(underWay.peek());
        underWay.remove();
        return done;
    }

    /** How long the last batch took, in milliseconds. */
    long lastMillis() {
        return lastMillis;
    }

    @Override
    public void close() {
        lane.close();
    }
}
