// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.DistributedTable;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.source.RowConditions;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
        ClickHouseTarget target = plan.target().withSocketTimeout(plan.target().insertTimeout());
        OnCluster servers = plan.shape().servers();
        TableMeta meta =
                new TableMetaReader(new HttpTransport(target))
                        .read(plan.target().database(), plan.table());
        String table =
                meta.engine().distributed()
                        ? onShards(plan, meta.engine(), verb, rest)
                        : Sql.table(plan.target().database(), plan.table());
        try {
            servers.run(target, what + plan.title(), verb + table + servers.clause() + rest);
        } catch (IOException failure) {
            throw Explanation.of(
                    failure, what + plan.title(), target.hosts().get(0), plan.target().place());
        }
    }

    /**
     * The tables that hold the rows of a Distributed one: the server says yes to TRUNCATE of that,
     * but drops only what waits to be sent.
     */
    private static String onShards(SinkPlan plan, Engine engine, String verb, String rest) {
        Optional<DistributedTable> known =
                DistributedTable.of(engine).filter(table -> !table.database().isEmpty());
        String cluster = known.map(DistributedTable::cluster).orElse("");
        String local = known.map(table -> Sql.table(table.database(), table.table())).orElse("");
        boolean there = known.isPresent();
        if (there && cluster.equals(plan.shape().servers().cluster())) {
            return local;
        }
        String here =
                there
                        ? "Give on-cluster=" + cluster + ", or run on the server: " + verb + local
                        : "Run it on its local tables";
        throw Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The rows of "
                                + plan.title()
                                + " are in the local tables of its cluster, which "
                                + verb.substring(0, verb.indexOf(' '))
                                + " of a Distributed table does not reach.")
                .at(plan.target().place())
                .remedy(here + (there ? new OnCluster(cluster).clause() + rest : "") + ".")
                .toException();
    }
}
