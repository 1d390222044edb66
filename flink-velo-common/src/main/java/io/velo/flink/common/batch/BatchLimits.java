// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/**
 * When an open batch is sealed. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param rows most rows; under an adaptive size the number to start with
 * @param bytes most bytes; the row that reaches them still belongs to the batch
 * @param longestWait how long the first row waits; zero for no limit of time
 * @param inFlight batches of one subtask that are under way at once
 * @param adaptive the bounds of an adaptive size, or null for a fixed one
 */
public record BatchLimits(
        int rows, long bytes, Duration longestWait, int inFlight, AdaptiveSize adaptive)
        implements Serializable {

    /**
     * The bounds of an adaptive size.
     *
     * @param fewest rows, at least 1
     * @param most rows
     * @param target the time a write shall take
     */
    public record AdaptiveSize(int fewest, int most, Duration target) implements Serializable {}

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int MEGA_ROWS = 50_000;

    /** Limits of a fixed size. */
    public static BatchLimits fixed(int rows, long bytes, Duration longestWait, int inFlight) {
        return new BatchLimits(rows, bytes, longestWait, inFlight, null);
    }

    /**
     * What the user gave; where nothing was given, what the strategy says; where it says nothing,
     * the scheme's own.
     *
     * @param own the scheme's limits
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002} if options contradict
     *     each other
     */
    public static BatchLimits of(ResolvedOptions options, BatchLimits own) {
        BatchStrategy strategy = options.get(BatchOptions.STRATEGY);
        BatchLimits chosen = own.under(strategy);
        boolean sized = options.isSet(CommonOptions.BATCH_SIZE);
        AdaptiveSize adaptive = null;
        if (strategy == BatchStrategy.ADAPTIVE_SIZE && !sized) {
            adaptive = adaptive(options);
            chosen = fixed(adaptive.fewest(), own.bytes, own.longestWait, own.inFlight);
        } else {
            refuseBounds(options);
        }
        return new BatchLimits(
                given(options, CommonOptions.BATCH_SIZE, chosen.rows),
                given(options, CommonOptions.BATCH_BYTES, new MemorySize(chosen.bytes)).getBytes(),
                given(options, CommonOptions.BATCH_TIMEOUT, chosen.longestWait),
                given(options, CommonOptions.MAX_IN_FLIGHT, chosen.inFlight),
                adaptive);
    }

    private BatchLimits under(BatchStrategy strategy) {
        return switch (strategy) {
            case FIXED_SIZE, ADAPTIVE_SIZE -> this;
            case TIME_WINDOW, MEMORY_BASED -> fixed(NO_LIMIT, bytes, longestWait, inFlight);
            case LOW_LATENCY -> fixed(1, bytes, Duration.ofMillis(1), inFlight);
            case MEGA_BATCH -> fixed(MEGA_ROWS, bytes, longestWait, 2);
        };
    }

    private static AdaptiveSize adaptive(ResolvedOptions options) {
        int fewest = options.get(BatchOptions.MIN_SIZE);
        int most = options.get(BatchOptions.MAX_SIZE);
        if (fewest > most) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'batch.min-size' is "
                                    + fewest
                                    + ", more than 'batch.max-size', which is "
                                    + most
                                    + ".")
                    .remedy("Exchange them.")
                    .toException();
        }
        return new AdaptiveSize(fewest, most, options.get(BatchOptions.TARGET_LATENCY));
    }

    private static void refuseBounds(ResolvedOptions options) {
        if (options.isSet(BatchOptions.MIN_SIZE)
                || options.isSet(BatchOptions.MAX_SIZE)
                || options.isSet(BatchOptions.TARGET_LATENCY)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Options 'batch.min-size', 'batch.max-size' and"
                                    + " 'batch.target-latency' have a meaning only under an"
                                    + " adaptive size.")
                    .remedy("Set 'batch-strategy'='adaptive_size' without 'batch-size'.")
                    .toException();
        }
    }

    private static <T> T given(
            ResolvedOptions options,
            io.velo.flink.common.option.SchemeOption<T> option,
            T otherwise) {
        return options.isSet(option) ? options.get(option) : otherwise;
    }
}
