// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.option.ResolvedOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a circuit breaker opens and closes. Immutable, therefore thread-safe; travels to the
 * workers.
 *
 * @param enabled whether there is one
 * @param failures failures in a row that open it
 * @param failureRate percentage of failures within the window that opens it
 * @param window the time over which the rate is taken
 * @param minCalls calls within the window below which the rate does not count
 * @param openTime the time until calls may probe the endpoint again
 * @param successes successful probes that close it
 */
public record BreakerPlan(
        boolean enabled,
        int failures,
        int failureRate,
        Duration window,
        int minCalls,
        Duration openTime,
        int successes)
        implements Serializable {

    /** The shortest window: Failsafe divides it into ten slices of whole milliseconds. */
    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(10);

    /** The defaults: 5 failures in a row or half of at least 10 calls in a minute. */
    public static final BreakerPlan HOUSE =
            new BreakerPlan(false, 5, 50, Duration.ofSeconds(60), 10, Duration.ofSeconds(60), 3);

    public BreakerPlan {
        if (window.compareTo(SHORTEST_WINDOW) < 0) {
            window = SHORTEST_WINDOW;
        }
    }

    /** What the options say. */
    public static BreakerPlan of(ResolvedOptions options) {
        return new BreakerPlan(
                options.get(BreakerOptions.ENABLED),
                options.get(BreakerOptions.FAILURES),
                options.get(BreakerOptions.FAILURE_RATE),
                options.get(BreakerOptions.WINDOW),
                options.get(BreakerOptions.MIN_CALLS),
                options.get(BreakerOptions.OPEN_TIME),
                options.get(BreakerOptions.SUCCESSES));
    }
}
