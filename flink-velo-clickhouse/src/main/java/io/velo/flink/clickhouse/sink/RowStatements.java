// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.source.RowConditions;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.expressions.ResolvedExpression;

/** DELETE and TRUNCATE, which the server runs as a whole. Stateless, therefore thread-safe. */
final class RowStatements {

    private RowStatements() {}

    /**
     * The condition of a DELETE in the server's words.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot tell exactly these rows
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
        run(plan, "DELETE FROM " + table(plan) + " WHERE " + condition, "The DELETE from ");
    }

    /** Removes all rows. */
    static void truncate(SinkPlan plan) {
        run(plan, "TRUNCATE TABLE " + table(plan), "The TRUNCATE of ");
    }

    private static String table(SinkPlan plan) {
        return Sql.table(plan.target().database(), plan.table());
    }

    private static void run(SinkPlan plan, String statement, String what) {
        HttpTransport transport =
                new HttpTransport(plan.target().withSocketTimeout(plan.target().insertTimeout()));
        try {
            transport.rows(statement);
        } catch (IOException failure) {
            throw Explanation.of(
                    failure, what + plan.title(), transport.host(), plan.target().place());
        }
    }
}
