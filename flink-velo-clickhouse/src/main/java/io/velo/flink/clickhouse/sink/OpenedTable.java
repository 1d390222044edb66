// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.BlockLayout;
import io.velo.flink.clickhouse.codec.ColumnTarget;
import io.velo.flink.clickhouse.codec.GeneratedColumn;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.FormatRefusal;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import java.io.IOException;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * The real table behind a sink, created if that was asked for, compared with the plan before the
 * first row is written. Not thread-safe.
 */
final class OpenedTable {

    private static final BigInteger MAX_VERSION = BigInteger.valueOf(Long.MAX_VALUE);

    private final SinkPlan plan;
    private final ServerMeta server;
    private final TableMeta meta;
    private final Upserts upserts;
    private final HybridClock clock;

    private OpenedTable(
            SinkPlan plan, ServerMeta server, TableMeta meta, Upserts upserts, long versionFloor) {
        this.plan = plan;
        this.server = server;
        this.meta = meta;
        this.upserts = upserts;
        this.clock = new HybridClock(versionFloor);
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
                            plan, server, meta, upserts, versionFloor(transport, meta, upserts));
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

    /**
     * The greatest version in the table: also after a restart on a machine whose clock is behind,
     * new versions must be greater than all that were ever written.
     */
    private static long versionFloor(HttpTransport transport, TableMeta meta, Upserts upserts)
            throws IOException {
        if (upserts.version().isEmpty()) {
            return 0;
        }
        String max =
                transport
                        .rows(
                                "SELECT toString(max("
                                        + Sql.name(upserts.version())
                                        + ")) FROM "
                                        + Sql.table(meta.database(), meta.table()))
                        .get(0)
                        .get(0);
        BigInteger floor = new BigInteger(max);
        if (floor.compareTo(MAX_VERSION) >= 0) {
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "Column '"
                                    + upserts.version()
                                    + "' of "
                                    + meta.title()
                                    + " holds a version that no generated one can exceed.")
                    .remedy("Declare the version column in the table and fill it in the query.")
                    .toException();
        }
        return Math.max(0, floor.longValueExact());
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

    /** The settings of every insert. */
    InsertSettings settings() {
        boolean selects = isSelected() || split() != null;
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
        Map<String, String> columns = insertedColumns();
        String format = " FORMAT " + layout().formatName();
        String insert = Marker.insertInto(meta) + Sql.names(columns.keySet()) + ")";
        if (!isSelected()) {
            return insert + format;
        }
        String pin = plan.placement().pin();
        return insert
                + " SELECT "
                + selected(columns.keySet())
                + " FROM input("
                + Sql.text(Marker.structure(columns))
                + ")"
                + (pin.isEmpty() ? "" : " WHERE " + pin)
                + format;
    }

    /** Whether the server makes the table's rows of those of a block by a SELECT. */
    private boolean isSelected() {
        return !plan.placement().pin().isEmpty() || !aggregates().isEmpty();
    }

    /** The columns of a block as the table takes them. */
    private String selected(Collection<String> columns) {
        Map<String, AggregateInput> aggregates = aggregates();
        return columns.stream()
                .map(
                        column ->
                                aggregates.containsKey(column)
                                        ? aggregates.get(column).state(column)
                                        : Sql.name(column))
                .collect(Collectors.joining(", "));
    }

    /** The columns that hold states and are given values, by their names. */
    private Map<String, AggregateInput> aggregates() {
        Map<String, AggregateInput> found = new HashMap<>();
        for (RowType.RowField field : plan.rowType().getFields()) {
            meta.column(field.getName())
                    .flatMap(column -> AggregateInput.of(column.type(), field.getType()))
                    .ifPresent(input -> found.put(field.getName(), input));
        }
        return found;
    }

    /** The INSERT statement of the block of this token, whose rows may have to name it. */
    String statement(String token) {
        return plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER
                ? Marker.statement(
                        meta,
                        insertedColumns(),
                        selected(insertedColumns().keySet()),
                        token,
                        plan.placement().pin(),
                        layout().formatName())
                : statement();
    }

    /**
     * How blocks of too many partitions are cut, or null if they cannot be. Under exactly-once a
     * block stays one insert: what tells a block that was inserted before counts inserts.
     */
    PartitionSplit split() {
        return plan.guarantee() == Guarantee.AT_LEAST_ONCE
                ? PartitionSplit.of(meta, insertedColumns())
                : null;
    }

    /** The columns of a block with their types in its head, in their order. */
    private Map<String, String> insertedColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        targets().forEach(target -> columns.put(target.name(), target.type().headerText()));
        generated(() -> 0)
                .forEach(column -> columns.put(column.name(), column.type().headerText()));
        return columns;
    }

    /**
     * A new encoder for the table's rows.
     *
     * @param versions gives the version of each row, if Velo makes them
     */
    NativeBlockWriter blocks(LongSupplier versions) {
        ZoneId zone = plan.timezone().isEmpty() ? server.zone() : ZoneId.of(plan.timezone());
        return NativeBlockWriter.of(
                targets(), generated(versions), zone, plan.target().compression(), layout());
    }

    /** The layout of the blocks: what the statement does not convert has the types of the table. */
    private BlockLayout layout() {
        WireFormat format = plan.target().format();
        if (format == WireFormat.NATIVE) {
            return BlockLayout.NATIVE;
        }
        Set<String> defaulted = new HashSet<>();
        for (ColumnTarget target : targets()) {
            if (!target.type().equals(meta.column(target.name()).orElseThrow().type())) {
                defaulted.add(target.name());
            }
        }
        boolean converted = plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER || isSelected();
        return new BlockLayout(format, converted, defaulted);
    }

    /**
     * Puts rows into the table's order.
     *
     * @throws io.velo.flink.common.error.VeloException if Velo cannot tell the order
     */
    SortedRows sorting() {
        return new SortedRows(RowOrder.of(plan, meta), this);
    }

    private List<ColumnTarget> targets() {
        Problems problems = new Problems();
        if (!plan.versionColumn().isEmpty()
                && !plan.rowType().getFieldNames().contains(plan.versionColumn())) {
            problems.add(ColumnProblems.noVersion(plan));
        }
        List<ColumnTarget> targets = new ArrayList<>();
        List<String> names = plan.rowType().getFieldNames();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals(upserts.deleteMark()) || name.equals(upserts.sign())) {
                continue;
            }
            ColumnMeta column = meta.column(name).orElse(null);
            if (name.equals(plan.versionColumn())) {
                ColumnMeta version = meta.column(meta.engine().versionColumn()).orElse(null);
                if (version != null && !names.contains(version.name())) {
                    LogicalType type = plan.rowType().getTypeAt(i);
                    targets.add(new ColumnTarget(version.name(), version.type(), type, i, true));
                    if (column == null) {
                        continue;
                    }
                }
            }
            if (column == null || !column.insertable()) {
                problems.add(ColumnProblems.notInsertable(meta, name, column));
            } else {
                LogicalType type = plan.rowType().getTypeAt(i);
                boolean key = plan.primaryKey().contains(name) || upserts.fullDeletes();
                targets.add(
                        new ColumnTarget(name, written(column.type(), type, key), type, i, key));
            }
        }
        problems.throwIfAny();
        return targets;
    }

    private List<GeneratedColumn> generated(LongSupplier versions) {
        List<GeneratedColumn> columns = new ArrayList<>();
        if (!upserts.version().isEmpty()) {
            columns.add(
                    new GeneratedColumn(
                            upserts.version(),
                            meta.column(upserts.version()).orElseThrow().type(),
                            row -> versions.getAsLong()));
        }
        if (!upserts.deleteMark().isEmpty()) {
            columns.add(
                    new GeneratedColumn(
                            upserts.deleteMark(),
                            meta.column(upserts.deleteMark()).orElseThrow().type(),
                            OpenedTable::removal));
        }
        if (!upserts.sign().isEmpty()) {
            columns.add(
                    new GeneratedColumn(
                            upserts.sign(),
                            meta.column(upserts.sign()).orElseThrow().type(),
                            OpenedTable::sign));
        }
        return columns;
    }

    /**
     * The type of a column in a block: that of the values if the server makes states of them. The
     * server turns NULL into the column's default if the block says that there may be some.
     */
    private ClickHouseType written(ClickHouseType column, LogicalType type, boolean key) {
        Optional<AggregateInput> input = AggregateInput.of(column, type);
        if (input.isPresent()) {
            return input.get().type().values();
        }
        boolean nullable = type.isNullable() && !key && plan.nullsAsDefault();
        boolean takesNone = !column.nullable() && column.fields().isEmpty();
        return nullable && takesNone ? TypeParser.parse("Nullable(" + column.base() + ")") : column;
    }

    private static long sign(RowData row) {
        return switch (row.getRowKind()) {
            case INSERT, UPDATE_AFTER -> 1;
            case UPDATE_BEFORE, DELETE -> -1;
        };
    }

    private static long removal(RowData row) {
        return row.getRowKind() == RowKind.DELETE ? 1 : 0;
    }
}
