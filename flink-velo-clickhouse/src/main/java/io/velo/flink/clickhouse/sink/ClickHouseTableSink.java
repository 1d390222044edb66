// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.clickhouse.type.ScalarTypes;
import io.velo.flink.common.scheme.TableRequest;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A ClickHouse table as the planner sees it. A query that only inserts is planned without asking
 * the server; one that updates needs to know the engine, which is then asked once.
 */
public final class ClickHouseTableSink implements DynamicTableSink {

    private final SinkRequest request;
    private Changes changes;
    private Upserts upserts;

    private ClickHouseTableSink(SinkRequest request, Changes changes, Upserts upserts) {
        this.request = request;
        this.changes = changes;
        this.upserts = upserts;
    }

    /**
     * The sink of a request.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if a column has a type
     *     that this version cannot write
     */
    public static DynamicTableSink of(TableRequest request, ClickHouseTarget target, String table) {
        ScalarTypes.check((RowType) request.physicalType().getLogicalType(), "written");
        return new ClickHouseTableSink(
                SinkRequest.of(request, target, table), Changes.INSERTS, null);
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        if (requested.containsOnly(RowKind.INSERT)) {
            changes = Changes.INSERTS;
            return ChangelogMode.insertOnly();
        }
        changes = requested.contains(RowKind.DELETE) ? Changes.DELETES : Changes.UPDATES;
        SinkPlan plan = request.plan(changes);
        if (upserts == null) {
            upserts = ask(plan);
        }
        EngineCheck.check(plan, upserts);
        if (changes == Changes.DELETES) {
            return ChangelogMode.upsert(!upserts.fullDeletes());
        }
        return ChangelogMode.newBuilder()
                .addContainedKind(RowKind.INSERT)
                .addContainedKind(RowKind.UPDATE_AFTER)
                .build();
    }

    private static Upserts ask(SinkPlan plan) {
        if (plan.primaryKey().isEmpty()) {
            return new Upserts(
                    "the Flink table has no PRIMARY KEY",
                    "the Flink table has no PRIMARY KEY",
                    "",
                    "",
                    false,
                    false);
        }
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
        return Upserts.of(meta, plan.rowType().getFieldNames(), plan.primaryKey());
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(new ClickHouseSink(request.plan(changes)), request.parallelism());
    }

    @Override
    public DynamicTableSink copy() {
        return new ClickHouseTableSink(request, changes, upserts);
    }

    @Override
    public String asSummaryString() {
        return "ClickHouse table " + request.plan(Changes.INSERTS).title();
    }
}
