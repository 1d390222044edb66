// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.http.FormatRefusal;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The real table behind a sink, created if that was asked for, compared with the plan before the
 * first row is written. Not thread-safe.
 */
final class OpenedTable {

    private final SinkPlan plan;
    private final ServerMeta server;
    private final TableMeta meta;
    private final Upserts upserts;
    private final WrittenColumns columns;
    private final HybridClock clock;

    private OpenedTable(
            SinkPlan plan, ServerMeta server, TableMeta meta, Upserts upserts, HybridClock clock) {
        this.plan = plan;
        this.server = server;
        this.meta = meta;
        this.upserts = upserts;
        this.columns = new WrittenColumns(plan, meta, upserts);
        this.clock = clock;
    }

    /**
     * Opens the table of this plan.
     *
     * @throws io.velo.flink.common.error.VeloException if the table is missing or does not fit
     */
    static OpenedTable open(SinkPlan plan, HttpTransport transport) throws InterruptedException {
        String what = "Opening " + plan.title();
        return Patience.ask(
                transport,
                what,
                () -> {
                    if (plan.autoCreate()) {
                        create(plan, transport);
                    }
                    ServerMeta server = ServerMeta.read(transport, InsertSettings.names());
                    InsertSettings.check(server, plan.target());
                    TableMeta meta =
                            new TableMetaReader(transport)
                                    .read(plan.target().database(), plan.table());
                    FormatRefusal.checkTimes(transport, meta);
                    Upserts upserts = fitting(plan, meta);
                    return new OpenedTable(
                            plan, server, meta, upserts, TableClock.of(transport, meta, upserts));
                });
    }

    /**
     * On a cluster only if the server that is asked has no such table: a server that is down makes
     * it when it is up again, and no job need wait for that twice.
     */
    private static void create(SinkPlan plan, HttpTransport transport) throws IOException {
        String statement = new CreateTable(plan).statement();
        OnCluster servers = plan.shape().servers();
        if (!servers.isGiven()) {
            transport.rows(statement, plan.target().settings());
            return;
        }
        Optional<TableMeta> there =
                new TableMetaReader(transport).find(plan.target().database(), plan.table());
        if (there.isEmpty()) {
            servers.run(plan.target(), "Creating " + plan.title(), statement);
        }
    }

    /** As {@link #open}, in the thread of a task that starts. */
    static OpenedTable inTask(SinkPlan plan, HttpTransport transport) throws IOException {
        try {
            return open(plan, transport);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while it opened " + plan.title(), e);
        }
    }

    private static Upserts fitting(SinkPlan plan, TableMeta meta) {
        EngineCheck.check(plan, meta);
        Upserts upserts =
                Upserts.of(meta, plan.columnsFor(meta), plan.primaryKey(), plan.deleteMode());
        EngineCheck.check(plan, upserts);
        return upserts;
    }

    /** How the table takes changes. */
    Upserts upserts() {
        return upserts;
    }

    /** Whether blocks must be sent one after the other, so that the order of rows is kept. */
    boolean oneByOne() {
        return upserts.ordered() && !plan.primaryKey().isEmpty();
    }

    /** The clock of new rows, whose versions are greater than all in the table. */
    HybridClock clock() {
        return clock;
    }

    /** What blocks hold. */
    WrittenColumns columns() {
        return columns;
    }

    /** The settings of every insert. */
    InsertSettings settings() {
        boolean selects = columns.areSelected() || split() != null;
        boolean marked = plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER;
        return new InsertSettings(
                server, meta.engine().distributed(), selects && !marked, plan.title());
    }

    /** What the server says about the table. */
    TableMeta meta() {
        return meta;
    }

    /** The INSERT statement. */
    String statement() {
        Map<String, String> heads = columns.heads();
        String format = " FORMAT " + columns.layout().formatName();
        String insert = Marker.insertInto(meta) + Sql.names(heads.keySet()) + ")";
        if (!columns.areSelected()) {
            return insert + format;
        }
        String pin = plan.placement().pin();
        return insert
                + " SELECT "
                + columns.selected()
                + " FROM input("
                + Sql.text(Marker.structure(heads))
                + ")"
                + (pin.isEmpty() ? "" : " WHERE " + pin)
                + format;
    }

    /** The INSERT statement of the block of this token, whose rows may have to name it. */
    String statement(String token) {
        return plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER
                ? Marker.statement(
                        meta,
                        columns.heads(),
                        columns.selected(),
                        token,
                        plan.placement().pin(),
                        columns.layout().formatName())
                : statement();
    }

    /**
     * How blocks of too many partitions are cut, or null if they cannot be. Under exactly-once a
     * block stays one insert: what tells a block that was inserted before counts inserts.
     */
    PartitionSplit split() {
        return plan.guarantee() == Guarantee.AT_LEAST_ONCE
                ? PartitionSplit.of(meta, columns.heads())
                : null;
    }

    /**
     * A new encoder for the table's rows.
     *
     * @param versions gives the version of each row, if Velo makes them
     */
    NativeBlockWriter blocks(LongSupplier versions) {
        ZoneId zone = plan.timezone().isEmpty() ? server.zone() : ZoneId.of(plan.timezone());
        return NativeBlockWriter.of(
                columns.targets(),
                columns.generated(versions),
                zone,
                plan.target().compression(),
                columns.layout());
    }

    /**
     * Puts rows into the table's order.
     *
     * @throws io.velo.flink.common.error.VeloException if Velo cannot tell the order
     */
    SortedRows sorting() {
        return new SortedRows(RowOrder.of(plan, meta), this);
    }
}
