// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import dev.failsafe.RateLimiter;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.Waiting;
import java.time.Duration;
import org.apache.flink.metrics.Counter;

/**
 * Holds a subtask to its share of a rate: the limit divided by the number of subtasks. Permits are
 * taken for about 20 ms at a time, so that a fast limit costs little per row. For one thread.
 */
public final class RowRate {

    private static final int TAKES_PER_SECOND = 50;

    private final RateLimiter<Object> limiter;
    private final int take;
    private final Waiting waiting;
    private final Counter waited;
    private int permits;

    private RowRate(RateLimiter<Object> limiter, int take, Waiting waiting, VeloMetrics metrics) {
        this.limiter = limiter;
        this.take = take;
        this.waiting = waiting;
        this.waited = metrics.counter(VeloMetric.RATE_LIMIT_WAIT);
    }

    /**
     * The share of one subtask.
     *
     * @param rowsPerSecond of all subtasks together; null for no limit
     * @param subtasks how many share it
     */
    public static RowRate of(
            Integer rowsPerSecond, int subtasks, Waiting waiting, VeloMetrics metrics) {
        if (rowsPerSecond == null) {
            return new RowRate(null, 0, waiting, metrics);
        }
        double share = (double) rowsPerSecond / subtasks;
        int take = (int) Math.max(1, share / TAKES_PER_SECOND);
        long nanosPerTake = Math.round(take * 1e9 / share);
        return new RowRate(
                RateLimiter.smoothBuilder(Duration.ofNanos(nanosPerTake)).build(),
                take,
                waiting,
                metrics);
    }

    /**
     * Waits until another row may go out.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitRow() throws InterruptedException {
        if (limiter == null) {
            return;
        }
        if (permits == 0) {
            Duration wait = limiter.reservePermit();
            if (!wait.isZero()) {
                waiting.pause(wait);
                waited.inc(wait.toMillis());
            }
            permits = take;
        }
        permits--;
    }
}
