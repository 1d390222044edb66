// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.concurrent.TimeUnit;

/**
 * Says when the next row may come at an even rate. Time that was lost is not made up for, or a job
 * that was held up would rush through the rest of its work. Not thread-safe.
 */
final class Pace {

    /** Rows come in small bursts, as timers are not exact. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final double nanosPerRow;
    private double next = System.nanoTime();

    Pace(double rowsPerSecond) {
        this.nanosPerRow = TimeUnit.SECONDS.toNanos(1) / rowsPerSecond;
    }

    /** Milliseconds until one more row may come; 0 is now. */
    long waitMillis() {
        double wait = next - System.nanoTime();
        return wait <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis((long) wait) + 1;
    }

    /** One more row came. */
    void came() {
        next = Math.max(next, System.nanoTime() - BURST_NANOS) + nanosPerRow;
    }
}
