// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.option.LayoutOptions.Optimize;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.TableRequest;
import java.io.Serializable;
import java.time.Duration;

/**
 * Which OPTIMIZE statements a sink runs, and how often. Immutable.
 *
 * @param mode what they do
 * @param interval the shortest time between two rounds
 */
record OptimizePlan(Optimize mode, Duration interval) implements Serializable {

    /** No statements. */
    static final OptimizePlan OFF = new OptimizePlan(Optimize.OFF, Duration.ZERO);

    /**
     * What the options say.
     *
     * @throws io.velo.flink.common.error.VeloException if an interval is given for nothing
     */
    static OptimizePlan of(TableRequest request) {
        Optimize mode = request.options().find(LayoutOptions.OPTIMIZE).orElse(Optimize.OFF);
        if (mode == Optimize.OFF && request.options().isSet(LayoutOptions.OPTIMIZE_MIN_INTERVAL)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'optimize.min-interval' has a meaning only with 'optimize'.")
                    .at(request.uri().toString())
                    .remedy("Remove it, or set 'optimize'='partition'.")
                    .toException();
        }
        return new OptimizePlan(mode, request.options().get(LayoutOptions.OPTIMIZE_MIN_INTERVAL));
    }

    /** Whether there are any statements. */
    boolean isOn() {
        return mode != Optimize.OFF;
    }

    /**
     * Checks that the table has parts to merge, if there are statements. The writers ask: in a
     * batch job the place that runs the statements opens only when all rows are in the table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CAP-002} if it has none
     */
    void check(SinkPlan plan, TableMeta meta) {
        if (isOn() && !meta.engine().name().endsWith("MergeTree")) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "'optimize' merges the parts of a table, but "
                                    + meta.title()
                                    + " with the engine "
                                    + meta.engine().name()
                                    + " has none of its own.")
                    .at(plan.target().place())
                    .remedy(
                            meta.engine().distributed()
                                    ? "Remove 'optimize', and run OPTIMIZE on the local tables."
                                    : "Remove 'optimize'.")
                    .toException();
        }
    }

    /** The statement for one partition of a table, both as SQL. */
    String statement(String table, String partition) {
        return "OPTIMIZE TABLE "
                + table
                + " PARTITION ID "
                + partition
                + switch (mode) {
                    case OFF, PARTITION -> "";
                    case FINAL -> " FINAL";
                    case DEDUPLICATE -> " FINAL DEDUPLICATE";
                };
    }
}
