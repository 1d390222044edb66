// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.metric;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.View;

/**
 * Rows per second over the last 24 hours, minute by minute: the least, the mean and the most. It is
 * lost with its task; a recording rule of the monitoring system lasts. Flink calls {@link #update}
 * every few seconds in a thread of its own; the numbers may be read in any thread.
 */
final class RollingRate implements View {

    /** Minutes of a day. */
    static final int MINUTES = 1440;

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final double SECONDS_PER_MINUTE = 60;

    private final Counter rows;
    private final LongSupplier clock;
    private final long[] perMinute = new long[MINUTES];
    private long minuteStart;
    private long counted;
    private long current;
    private int next;
    private int known;

    /**
     * The rate of a counter from now on.
     *
     * @param clock nanoseconds
     */
    RollingRate(Counter rows, LongSupplier clock) {
        this.rows = rows;
        this.clock = clock;
        this.minuteStart = clock.getAsLong();
        this.counted = rows.getCount();
    }

    @Override
    public synchronized void update() {
        long now = clock.getAsLong();
        while (now - minuteStart >= NANOS_PER_MINUTE) {
            perMinute[next] = current;
            next = (next + 1) % MINUTES;
            known = Math.min(MINUTES, known + 1);
            current = 0;
            minuteStart += NANOS_PER_MINUTE;
        }
        long count = rows.getCount();
        current += count - counted;
        counted = count;
    }

    /** Rows per second of the slowest full minute; 0 before the first one. */
    synchronized double least() {
        return Arrays.stream(perMinute, 0, known).min().orElse(0) / SECONDS_PER_MINUTE;
    }

    /** Rows per second of all full minutes together; 0 before the first one. */
    synchronized double mean() {
        return Arrays.stream(perMinute, 0, known).average().orElse(0) / SECONDS_PER_MINUTE;
    }

    /** Rows per second of the fastest full minute; 0 before the first one. */
    synchronized double most() {
        return Arrays.stream(perMinute, 0, known).max().orElse(0) / SECONDS_PER_MINUTE;
    }
}
