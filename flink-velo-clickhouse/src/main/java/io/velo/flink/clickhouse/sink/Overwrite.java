// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.List;

/**
 * INSERT OVERWRITE: the rows go into a table of the same structure, which takes the place of the
 * table when all of them are written. Stateless, therefore thread-safe.
 */
final class Overwrite {

    private Overwrite() {}

    /**
     * The table to fill for a plan of the table to replace.
     *
     * @throws VeloException if that table cannot be replaced as a whole, or the server cannot be
     *     asked
     */
    static OverwriteTable table(SinkRequest request, SinkPlan plan, boolean bounded) {
        if (!bounded) {
            throw refusal(plan, "in a streaming job", "Run it in batch mode, or use INSERT INTO.");
        }
        if (plan.guarantee().exactlyOnce()) {
            throw refusal(
                    plan,
                    "under 'sink.delivery-guarantee'='exactly-once'",
                    "Remove the option: the rows are there as a whole or not at all anyway.");
        }
        if (!plan.shape().partitionBy().isEmpty()) {
            throw refusal(
                    plan,
                    "partition by partition, as Flink means it for a table with PARTITIONED BY",
                    "Declare the table without PARTITIONED BY to replace it as a whole.");
        }
        String other = other(request, plan);
        if (!other.isEmpty()) {
            throw refusal(plan, "with " + other, "Remove the option.");
        }
        if (plan.target().hosts().size() > 1) {
            throw refusal(
                    plan,
                    "on one of several hosts, which do not share a table that is not replicated",
                    "Name in the URI the one host whose table it is.");
        }
        List<String> facts = ask(plan);
        check(plan, facts);
        StagingName name = StagingName.of(plan.table());
        StagingTable staging =
                new StagingTable(
                        plan.target(),
                        name,
                        "CREATE TABLE IF NOT EXISTS "
                                + Sql.table(plan.target().database(), name.name())
                                + " UUID "
                                + Sql.text(name.id().toString())
                                + " AS "
                                + Sql.table(plan.target().database(), plan.table()),
                        StagingTable.Turn.REPLACE,
                        StagingTable.Rerun.RESUMES);
        return new OverwriteTable(
                plan.target(), name, staging, DeduplicationWindow.ofItsOwn(facts.get(3)));
    }

    private static String other(SinkRequest request, SinkPlan plan) {
        if (plan.autoCreate()) {
            return "'auto-create'";
        }
        if (plan.placement().sharded()) {
            return "'write-mode'='local'";
        }
        if (plan.shape().servers().isGiven()) {
            return "'on-cluster'";
        }
        return request.options().isSet(LayoutOptions.OPTIMIZE) ? "'optimize'" : "";
    }

    /**
     * Only there another table can take the name with all that hangs on it, and know a block that
     * is sent again.
     */
    private static void check(SinkPlan plan, List<String> facts) {
        String engine = facts.get(0);
        boolean plain =
                engine.endsWith("MergeTree")
                        && !engine.startsWith("Replicated")
                        && !engine.startsWith("Shared");
        if (!plain) {
            throw refusal(
                    plan,
                    "of engine " + engine,
                    "TRUNCATE TABLE and INSERT INTO do the same in two steps.");
        }
        if (!facts.get(1).equals("Atomic")) {
            throw refusal(
                    plan,
                    "in a database of engine " + facts.get(1) + ", which is not Atomic",
                    "TRUNCATE TABLE and INSERT INTO do the same in two steps.");
        }
        if (!facts.get(2).isEmpty()) {
            throw refusal(
                    plan,
                    "with materialized views, which would keep what they made of the former rows: "
                            + facts.get(2),
                    "Empty table and views on the server, then use INSERT INTO.");
        }
    }

    /** Engine, engine of the database, views, and the engine with all that belongs to it. */
    private static List<String> ask(SinkPlan plan) {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(plan.target()));
        String query =
                "SELECT engine, (SELECT engine FROM system.databases WHERE name = "
                        + Sql.text(plan.target().database())
                        + "), arrayStringConcat(dependencies_table, ', '), engine_full FROM"
                        + " system.tables WHERE"
                        + " database = "
                        + Sql.text(plan.target().database())
                        + " AND name = "
                        + Sql.text(plan.table())
                        + " FORMAT TabSeparated";
        try {
            return transport.rowsWithoutDatabase(query).stream()
                    .findFirst()
                    .orElseThrow(() -> missing(plan));
        } catch (IOException failure) {
            throw Explanation.of(
                    failure,
                    "Looking for " + plan.title(),
                    transport.host(),
                    plan.target().place());
        }
    }

    private static VeloException missing(SinkPlan plan) {
        return Problem.of(
                        ErrorCode.SCHEMA_NO_TABLE,
                        "There is no table " + plan.title() + " to overwrite.")
                .at(plan.target().place())
                .remedy("Create it, or correct 'table'.")
                .toException();
    }

    private static VeloException refusal(SinkPlan plan, String where, String remedy) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "INSERT OVERWRITE cannot replace " + plan.title() + " " + where + ".")
                .at(plan.target().place())
                .remedy(remedy)
                .toException();
    }
}
