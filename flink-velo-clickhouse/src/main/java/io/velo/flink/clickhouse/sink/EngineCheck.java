// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;

/** Compares what a plan wants with what the table's engine can do. */
final class EngineCheck {

    private EngineCheck() {}

    /**
     * Checks the {@code engine} option against the real engine.
     *
     * @throws VeloException {@code VELO-OPT-002} if they differ
     */
    static void check(SinkPlan plan, TableMeta meta) {
        if (plan.engine().isEmpty()) {
            return;
        }
        Engine asserted = Engine.parse(plan.engine());
        boolean same =
                asserted.name().equals(meta.engine().name())
                        && (asserted.arguments().isEmpty()
                                || asserted.arguments().equals(meta.engine().arguments()));
        if (!same) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'engine' says "
                                    + asserted
                                    + ", but table "
                                    + meta.title()
                                    + " has the engine "
                                    + meta.engine()
                                    + ".")
                    .at(plan.target().place())
                    .remedy("Correct or remove 'engine', or name another table.")
                    .toException();
        }
    }

    /**
     * Checks the changes that the query sends against what the table can take.
     *
     * @throws VeloException {@code VELO-CAP-002} if it cannot take them
     */
    static void check(SinkPlan plan, Upserts upserts) {
        if (plan.changes() != Changes.INSERTS && !upserts.updateRefusal().isEmpty()) {
            throw refusal(plan, "updates", upserts.updateRefusal());
        }
        if (plan.changes() == Changes.DELETES && !upserts.deleteRefusal().isEmpty()) {
            throw refusal(plan, "deletes", upserts.deleteRefusal());
        }
        if (plan.changes() == Changes.DELETES && upserts.deletes() == Upserts.Deletes.STATEMENT) {
            KeyDeletes.check(plan);
        }
    }

    private static VeloException refusal(SinkPlan plan, String changes, String reason) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The query sends "
                                + changes
                                + ", which table "
                                + plan.title()
                                + " cannot take: "
                                + reason
                                + ".")
                .at(plan.target().place())
                .remedy(
                        "Write to a ReplacingMergeTree(version, is_deleted) whose ORDER BY is the"
                                + " PRIMARY KEY of the Flink table (auto_create=true makes one), or"
                                + " make the query append-only, such as by a window."
                                + (changes.equals("deletes")
                                        ? " 'delete-mode' leaves deletes out, or runs them as"
                                                + " DELETE statements."
                                        : ""))
                .toException();
    }
}
