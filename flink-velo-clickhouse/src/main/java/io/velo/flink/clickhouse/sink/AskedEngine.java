// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.common.error.VeloException;
import java.util.Optional;

/**
 * What planning learns about the engine of a table. The server is asked when the planner first
 * needs to know, and once: an answer is kept, and so is a failure. Not thread-safe.
 */
final class AskedEngine {

    private Upserts answer;
    private VeloException failure;

    /**
     * How the table of the plan takes changes.
     *
     * @throws VeloException if the table is missing, has another engine than asserted, or the
     *     server cannot be asked
     */
    Upserts upserts(SinkPlan plan) {
        if (failure != null) {
            throw failure;
        }
        if (answer == null) {
            try {
                answer = ask(plan);
            } catch (VeloException asked) {
                failure = asked;
                throw asked;
            }
        }
        return answer;
    }

    private static Upserts ask(SinkPlan plan) {
        TableMetaReader reader =
                new TableMetaReader(new HttpTransport(SinkRequest.forPlanning(plan.target())));
        String database = plan.target().database();
        Optional<TableMeta> existing = reader.find(database, plan.table());
        TableMeta meta =
                existing.orElseGet(
                        () ->
                                plan.autoCreate()
                                        ? new CreateTable(plan).meta()
                                        : reader.read(database, plan.table()));
        EngineCheck.check(plan, meta);
        return Upserts.of(meta, plan.columnsFor(meta), plan.primaryKey(), plan.deleteMode());
    }
}
