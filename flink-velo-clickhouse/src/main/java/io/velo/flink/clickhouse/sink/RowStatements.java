// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.source.RowConditions;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.expressions.ResolvedExpression;

/** DELETE and TRUNCATE, which the server runs as a whole. Stateless, therefore thread-safe. */
final class RowStatements {

    private RowStatements() {}

    /**
     * The condition of a DELETE in the server's words.
     *
     * @throws VeloException if the server cannot tell exactly these rows
     */
    static String condition(SinkPlan plan, List<ResolvedExpression> conditions) {
        if (conditions.isEmpty()) {
            return "true";
        }
        return RowConditions.of(
                        plan.target(), plan.table(), plan.timezone(), plan.rowType(), conditions)
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.CAPABILITY_COMBINATION,
                                                "ClickHouse cannot delete exactly the rows of this"
                                                        + " condition.")
                                        .at(plan.target().place())
                                        .remedy(
                                                "Compare columns with literals; where the engine"
                                                        + " replaces rows, only columns of ORDER BY. Or"
                                                        + " run the DELETE on the server.")
                                        .toException());
    }

    /** Removes rows by a lightweight DELETE and waits for it. */
    static void delete(SinkPlan plan, String condition) {
        run(plan, "DELETE FROM ", " WHERE " + condition, "The DELETE from ");
    }

    /** Removes all rows. */
    static void truncate(SinkPlan plan) {
        run(plan, "TRUNCATE TABLE ", "", "The TRUNCATE of ");
    }

    private static void run(SinkPlan plan, String verb, String rest, String what) {
        HttpTransport transport =
                new HttpTransport(plan.target().withSocketTimeout(plan.target().insertTimeout()));
        TableMeta meta =
                new TableMetaReader(transport).read(plan.target().database(), plan.table());
        if (meta.engine().distributed()) {
            throw onShards(plan, meta.engine(), verb, rest);
        }
        try {
            String table = Sql.table(plan.target().database(), plan.table());
            transport.rows(verb + table + rest, plan.target().settings());
        } catch (IOException failure) {
            throw Explanation.of(
                    failure, what + plan.title(), transport.host(), plan.target().place());
        }
    }

    /** The server says yes to TRUNCATE of such a table, but drops only what waits to be sent. */
    private static VeloException onShards(SinkPlan plan, Engine engine, String verb, String rest) {
        List<String> arguments = engine.arguments().stream().map(RowStatements::unquoted).toList();
        String remedy =
                arguments.size() < 3
                        ? "Run it on its local tables."
                        : "Run on the server: "
                                + verb
                                + Sql.table(arguments.get(1), arguments.get(2))
                                + " ON CLUSTER "
                                + Sql.name(arguments.get(0))
                                + rest
                                + ".";
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The rows of "
                                + plan.title()
                                + " are in the local tables of its cluster, which "
                                + verb.substring(0, verb.indexOf(' '))
                                + " of a Distributed table does not reach.")
                .at(plan.target().place())
                .remedy(remedy)
                .toException();
    }

    private static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("'");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }
}
