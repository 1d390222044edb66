// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.util.List;

/**
 * The options that choose limits of batches, besides {@code batch-size}, {@code batch-bytes},
 * {@code batch-timeout} and {@code max-in-flight}, which a scheme lists with its own defaults.
 */
public final class BatchOptions {

    /** Which limits there are. */
    public static final SchemeOption<BatchStrategy> STRATEGY =
            SchemeOption.of(
                            "batch-strategy",
                            ValueKind.oneOf(BatchStrategy.class),
                            "Chooses limits for batches where batch-size, batch-bytes,"
                                    + " batch-timeout and max-in-flight are not given; what is"
                                    + " given counts.")
                    .defaultValue(BatchStrategy.FIXED_SIZE)
                    .forSink();

    /** The smallest adaptive batch. */
    public static final SchemeOption<Integer> MIN_SIZE =
            SchemeOption.of(
                            "batch.min-size",
                            ValueKind.integer("rows", 1, 10_000_000),
                            "Fewest rows of a full batch under adaptive_size.")
                    .defaultValue(10)
                    .forSink();

    /** The largest adaptive batch. */
    public static final SchemeOption<Integer> MAX_SIZE =
            SchemeOption.of(
                            "batch.max-size",
                            ValueKind.integer("rows", 1, 10_000_000),
                            "Most rows of a batch under adaptive_size.")
                    .defaultValue(1000)
                    .forSink();

    /** What adaptive batches aim at. */
    public static final SchemeOption<Duration> TARGET_LATENCY =
            SchemeOption.of(
                            "batch.target-latency",
                            ValueKind.DURATION,
                            "Time a write shall take under adaptive_size; batches grow below it and"
                                    + " shrink above it.")
                    .defaultValue(Duration.ofMillis(100))
                    .forSink();

    /** Rows per second. */
    public static final SchemeOption<Integer> RATE_LIMIT =
            SchemeOption.of(
                            "rate-limit",
                            ValueKind.integer("rows per second", 1, Integer.MAX_VALUE),
                            "Rows per second that all subtasks together write at the most.")
                    .defaultInWords("no limit")
                    .forSink();

    /** All of them. */
    public static final List<SchemeOption<?>> ALL =
            List.of(STRATEGY, MIN_SIZE, MAX_SIZE, TARGET_LATENCY, RATE_LIMIT);

    private BatchOptions() {}
}
