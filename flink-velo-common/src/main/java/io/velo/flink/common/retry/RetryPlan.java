// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.option.ResolvedOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * How often and after which pauses something is tried again. Immutable, therefore thread-safe;
 * travels to the workers.
 *
 * @param strategy how the pauses grow
 * @param initialDelay the pause after the first failure
 * @param maxDelay the longest pause
 * @param multiplier from one exponential pause to the next
 * @param increment from one linear pause to the next
 * @param jitter the part of each pause that is left to chance, from 0 to 1
 * @param maxAttempts all attempts together, at least 1
 * @param timeout the time from the first attempt after which no further one starts
 */
public record RetryPlan(
        RetryStrategy strategy,
        Duration initialDelay,
        Duration maxDelay,
        double multiplier,
        Duration increment,
        double jitter,
        int maxAttempts,
        Duration timeout)
        implements Serializable {

    /** The defaults: 10 attempts within about 50 s, long enough for the restart of a server. */
    public static final RetryPlan HOUSE =
            new RetryPlan(
                    RetryStrategy.EXPONENTIAL,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(30),
                    2.0,
                    Duration.ofSeconds(1),
                    0.2,
                    10,
                    Duration.ofMinutes(10));

    /** One attempt: for planning, where a person waits. */
    public static final RetryPlan ONCE = HOUSE.withStrategy(RetryStrategy.NONE);

    /** What the options say. */
    public static RetryPlan of(ResolvedOptions options) {
        return new RetryPlan(
                options.get(RetryOptions.STRATEGY),
                options.get(RetryOptions.INITIAL_DELAY),
                options.get(RetryOptions.MAX_DELAY),
                options.get(RetryOptions.MULTIPLIER),
                options.get(RetryOptions.INCREMENT),
                options.get(RetryOptions.JITTER),
                options.get(RetryOptions.MAX_ATTEMPTS),
                options.get(RetryOptions.TIMEOUT));
    }

    /** The same plan with pauses of another kind. */
    public RetryPlan withStrategy(RetryStrategy other) {
        return new RetryPlan(
                other, initialDelay, maxDelay, multiplier, increment, jitter, maxAttempts, timeout);
    }

    /** How many attempts there may be. */
    public int attempts() {
        return strategy == RetryStrategy.NONE ? 1 : maxAttempts;
    }

    /**
     * The pause after a failure.
     *
     * @param failures how many failures there were, at least 1
     * @param chance a random number from 0 (inclusive) to 1 (exclusive)
     */
    public Duration pause(int failures, double chance) {
        double first = initialDelay.toNanos();
        double planned =
                switch (strategy) {
                    case NONE -> 0;
                    case FIXED -> first;
                    case LINEAR -> first + (failures - 1.0) * increment.toNanos();
                    case EXPONENTIAL -> first * Math.pow(multiplier, failures - 1.0);
                };
        double bounded = Math.min(planned, maxDelay.toNanos());
        return Duration.ofNanos(Math.round(bounded * (1 - jitter * chance)));
    }
}
