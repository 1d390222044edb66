// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.util.List;

/** The options of the circuit breaker. A scheme lists {@link #ALL} when it has one. */
public final class BreakerOptions {

    /** Whether there is one. */
    public static final SchemeOption<Boolean> ENABLED =
            SchemeOption.of(
                            "circuit-breaker.enabled",
                            ValueKind.FLAG,
                            "Leave an endpoint that keeps failing alone for a while. All tables of"
                                    + " a task manager that use the endpoint share the breaker.")
                    .defaultValue(false);

    /** Failures in a row that open it. */
    public static final SchemeOption<Integer> FAILURES =
            SchemeOption.of(
                            "circuit-breaker.failures",
                            ValueKind.integer("failures in a row", 1, 1_000_000),
                            "Failures in a row after which the breaker opens.")
                    .defaultValue(BreakerPlan.HOUSE.failures());

    /** The rate of failures that opens it. */
    public static final SchemeOption<Integer> FAILURE_RATE =
            SchemeOption.of(
                            "circuit-breaker.failure-rate",
                            ValueKind.integer("percent", 1, 100),
                            "Share of failures within the window at which the breaker opens.")
                    .defaultValue(BreakerPlan.HOUSE.failureRate());

    /** The window of that rate. */
    public static final SchemeOption<Duration> WINDOW =
            SchemeOption.of(
                            "circuit-breaker.window",
                            ValueKind.DURATION,
                            "Time over which the share of failures is taken; at least 10 ms.")
                    .defaultValue(BreakerPlan.HOUSE.window());

    /** The calls that a rate needs. */
    public static final SchemeOption<Integer> MIN_CALLS =
            SchemeOption.of(
                            "circuit-breaker.min-calls",
                            ValueKind.integer("calls", 1, 1_000_000),
                            "Calls within the window below which the share does not count.")
                    .defaultValue(BreakerPlan.HOUSE.minCalls());

    /** How long it stays open. */
    public static final SchemeOption<Duration> OPEN_TIME =
            SchemeOption.of(
                            "circuit-breaker.open-time",
                            ValueKind.DURATION,
                            "Time for which the endpoint is left alone; then single calls probe"
                                    + " it.")
                    .defaultValue(BreakerPlan.HOUSE.openTime());

    /** Successes that close it. */
    public static final SchemeOption<Integer> SUCCESSES =
            SchemeOption.of(
                            "circuit-breaker.successes",
                            ValueKind.integer("successes", 1, 1000),
                            "Successful probes after which the breaker closes.")
                    .defaultValue(BreakerPlan.HOUSE.successes());

    /** All of them. */
    public static final List<SchemeOption<?>> ALL =
            List.of(ENABLED, FAILURES, FAILURE_RATE, WINDOW, MIN_CALLS, OPEN_TIME, SUCCESSES);

    private BreakerOptions() {}
}
