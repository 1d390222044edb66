// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.util.List;

/** The options about trying again. A scheme lists {@link #ALL} when it follows them. */
public final class RetryOptions {

    /** How the pauses grow. */
    public static final SchemeOption<RetryStrategy> STRATEGY =
            SchemeOption.of(
                            "retry.strategy",
                            ValueKind.oneOf(RetryStrategy.class),
                            "How the pauses between attempts grow; none stands for one attempt.")
                    .defaultValue(RetryStrategy.EXPONENTIAL);

    /** The first pause. */
    public static final SchemeOption<Duration> INITIAL_DELAY =
            SchemeOption.of("retry.initial-delay", ValueKind.DURATION, "The first pause.")
                    .defaultValue(RetryPlan.HOUSE.initialDelay());

    /** The longest pause. */
    public static final SchemeOption<Duration> MAX_DELAY =
            SchemeOption.of("retry.max-delay", ValueKind.DURATION, "The longest pause.")
                    .defaultValue(RetryPlan.HOUSE.maxDelay());

    /** The factor of exponential pauses. */
    public static final SchemeOption<Double> MULTIPLIER =
            SchemeOption.of(
                            "retry.multiplier",
                            number(1, 100),
                            "Factor from one pause to the next, for the strategy exponential.")
                    .defaultValue(RetryPlan.HOUSE.multiplier());

    /** The step of linear pauses. */
    public static final SchemeOption<Duration> INCREMENT =
            SchemeOption.of(
                            "retry.increment",
                            ValueKind.DURATION,
                            "What a pause is longer than the one before, for the strategy linear.")
                    .defaultValue(RetryPlan.HOUSE.increment());

    /** The random part of a pause. */
    public static final SchemeOption<Double> JITTER =
            SchemeOption.of(
                            "retry.jitter",
                            number(0, 1),
                            "The part of each pause that is left to chance: with 0 none, with 0.2"
                                    + " a pause lasts from 80 % to 100 %, with 1 from 0 to 100 %"
                                    + " (full jitter).")
                    .defaultValue(RetryPlan.HOUSE.jitter());

    /** The number of attempts. */
    public static final SchemeOption<Integer> MAX_ATTEMPTS =
            SchemeOption.of(
                            "retry.max-attempts",
                            ValueKind.integer("attempts", 1, Integer.MAX_VALUE),
                            "All attempts together, the first one included.")
                    .defaultValue(RetryPlan.HOUSE.maxAttempts());

    /** The time for all attempts. */
    public static final SchemeOption<Duration> TIMEOUT =
            SchemeOption.of(
                            "retry.timeout",
                            ValueKind.DURATION,
                            "Time from the first attempt after which no further one starts.")
                    .defaultValue(RetryPlan.HOUSE.timeout());

    /** All of them. */
    public static final List<SchemeOption<?>> ALL =
            List.of(
                    STRATEGY,
                    INITIAL_DELAY,
                    MAX_DELAY,
                    MULTIPLIER,
                    INCREMENT,
                    JITTER,
                    MAX_ATTEMPTS,
                    TIMEOUT);

    private RetryOptions() {}

    private static ValueKind<Double> number(int min, int max) {
        return ValueKind.of(
                Double.class,
                "a number from " + min + " to " + max,
                text -> {
                    double value = Double.parseDouble(text.trim());
                    if (!(value >= min && value <= max)) {
                        throw new IllegalArgumentException();
                    }
                    return value;
                });
    }
}
