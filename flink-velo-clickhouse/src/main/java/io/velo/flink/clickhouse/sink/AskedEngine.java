// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardedTable;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What planning learns about a table. The server is asked when the planner first needs to know, and
 * once: an answer is kept, and so is a failure. Not thread-safe.
 */
final class AskedEngine {

    private final Function<SinkPlan, TableMeta> question;
    private TableMeta answer;
    private VeloException failure;

    private AskedEngine(Function<SinkPlan, TableMeta> question) {
        this.question = question;
    }

    /** Asks the server, which has the table or, under auto-create, will have it. */
    static AskedEngine ofServer() {
        return new AskedEngine(AskedEngine::ask);
    }

    /** Knows the table that a statement is about to create. */
    static AskedEngine ofNewTable() {
        return new AskedEngine(plan -> new CreateTable(plan).meta());
    }

    /**
     * How the table of the plan takes changes.
     *
     * @throws VeloException if the table is missing, has another engine than asserted, or the
     *     server cannot be asked
     */
    Upserts upserts(SinkPlan plan) {
        TableMeta meta = meta(plan);
        EngineCheck.check(plan, meta);
        return Upserts.of(meta, plan.columnsFor(meta), plan.primaryKey(), plan.deleteMode());
    }

    /**
     * The table of the plan.
     *
     * @throws VeloException if the table is missing or the server cannot be asked
     */
    TableMeta meta(SinkPlan plan) {
        if (failure != null) {
            throw failure;
        }
        if (answer == null) {
            try {
                answer = question.apply(plan);
            } catch (VeloException asked) {
                failure = asked;
                throw asked;
            }
        }
        return answer;
    }

    private static TableMeta ask(SinkPlan plan) {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(plan.target()));
        if (plan.placement().sharded()) {
            return ofShard(plan, transport);
        }
        TableMetaReader reader = new TableMetaReader(transport);
        String database = plan.target().database();
        Optional<TableMeta> existing = reader.find(database, plan.table());
        return existing.orElseGet(
                () ->
                        plan.autoCreate()
                                ? new CreateTable(plan).meta()
                                : reader.read(database, plan.table()));
    }

    /** The table on the first shard, which stands for those on the others. */
    private static TableMeta ofShard(SinkPlan plan, HttpTransport transport) {
        try {
            ShardedTable table = ShardRouter.find(plan, transport);
            ShardRouter.of(plan, table, transport);
            ShardPlace first = table.shards().get(0);
            return new TableMetaReader(new HttpTransport(first.in(transport.target())))
                    .read(first.database(), first.table());
        } catch (IOException failure) {
            throw Explanation.of(
                    failure,
                    "Looking for the shards of " + plan.title(),
                    transport.host(),
                    plan.target().place());
        }
    }
}
