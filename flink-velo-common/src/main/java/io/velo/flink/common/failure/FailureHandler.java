// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;

/**
 * Decides on rows that cannot be read or written: fails, leaves out, or writes a dead letter, and
 * counts, so that at every checkpoint the rows that came in are those that went out, those left out
 * and those dead-lettered. For the task's thread only.
 *
 * <p>A sink calls {@link #beforeCheckpoint} at the end of its {@code flush}, a source reader in its
 * {@code snapshotState}.
 */
public final class FailureHandler implements AutoCloseable {

    private final FailurePlan plan;
    private final Counter errors;
    private final Counter skipped;
    private final BadRowLog log;
    private final DeadLetterQueue queue;
    private final DeadLetterRows letters;

    FailureHandler(
            FailurePlan plan,
            Counter errors,
            VeloMetrics metrics,
            String job,
            Supplier<HostedContext> host)
            throws IOException {
        this.plan = plan;
        this.errors = errors;
        this.skipped = metrics.counter(VeloMetric.RECORDS_SKIPPED);
        this.log = new BadRowLog(plan.origin());
        DeadLetterPlan target = plan.deadLetters();
        if (target == null) {
            this.queue = null;
            this.letters = null;
        } else {
            this.letters = new DeadLetterRows(plan.origin(), job, target, Clock.systemUTC());
            this.queue = new DeadLetterQueue(target, plan.origin(), host, metrics, skipped);
            queue.open();
        }
    }

    /** What happens to rows. */
    public FailurePlan plan() {
        return plan;
    }

    /**
     * Decides on one row. When it returns, the row is dealt with and the task goes on.
     *
     * @throws io.velo.flink.common.error.VeloException the row's error under {@link RowFate#FAIL},
     *     or that dead letters cannot be written
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    public void handle(BadRow row) throws IOException, InterruptedException {
        errors.inc();
        switch (plan.fate()) {
            case FAIL -> throw row.error();
            case SKIP -> {
                skipped.inc();
                log.skipped(row);
            }
            case DLQ -> queue.write(letters.of(row));
        }
    }

    /**
     * Makes dead letters durable. A checkpoint may complete only after this returned.
     *
     * @throws io.velo.flink.common.error.VeloException if they cannot be written
     */
    public void beforeCheckpoint() throws IOException, InterruptedException {
        log.summary();
        if (queue != null) {
            queue.flush();
        }
    }

    @Override
    public void close() throws Exception {
        log.summary();
        if (queue != null) {
            queue.close();
        }
    }
}
