// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How well an endpoint is, by its last requests and checks: three bad ones in a row make it
 * unhealthy, two good ones in a row heal it. Thread-safe.
 */
public final class EndpointHealth {

    /** The position is the value of the metric. */
    public enum State {
        /** The last ones were good. */
        HEALTHY,
        /** The last one was bad, or too few good ones came since. */
        DEGRADED,
        /** Three in a row were bad. */
        UNHEALTHY
    }

    private static final int BAD = 3;
    private static final int GOOD = 2;

    private final LongSupplier clock;
    private int bad;
    private int good = GOOD;
    private long last;
    private volatile State state = State.HEALTHY;

    /** An endpoint of which nothing is known yet: it counts as healthy. */
    public EndpointHealth() {
        this(System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param clock nanoseconds
     */
    EndpointHealth(LongSupplier clock) {
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /** How well it is. */
    public State state() {
        return state;
    }

    /** Registers the state as a metric. */
    public void register(VeloMetrics metrics) {
        metrics.gauge(VeloMetric.HEALTH, () -> state.ordinal());
    }

    /** A request was answered or a check succeeded. */
    public synchronized void good() {
        last = clock.getAsLong();
        if (state == State.HEALTHY) {
            return;
        }
        bad = 0;
        if (++good >= GOOD) {
            state = State.HEALTHY;
        }
    }

    /** A request was not answered or a check failed. */
    public synchronized void bad() {
        last = clock.getAsLong();
        good = 0;
        bad++;
        if (state != State.UNHEALTHY) {
            state = bad >= BAD ? State.UNHEALTHY : State.DEGRADED;
        }
    }

    /** Whether nothing was heard of the endpoint for this time. */
    public synchronized boolean isSilentFor(Duration time) {
        return clock.getAsLong() - last >= time.toNanos();
    }
}
