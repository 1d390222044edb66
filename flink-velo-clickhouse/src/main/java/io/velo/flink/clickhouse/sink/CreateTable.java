// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ServerTypes;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The CREATE TABLE of {@code auto_create=true} and of catalogs. Without an engine given it is
 * MergeTree, or ReplacingMergeTree if there is a primary key. A ReplacingMergeTree without
 * arguments gets a version column and a removal mark that Velo fills. ORDER BY is the primary key
 * unless the definition says something else.
 */
final class CreateTable {

    private final SinkPlan plan;
    private final Engine engine;
    private final boolean ownColumns;

    CreateTable(SinkPlan plan) {
        this.plan = plan;
        boolean keyed = !plan.primaryKey().isEmpty();
        String written = plan.engine();
        String fallback = keyed ? "ReplacingMergeTree" : "MergeTree";
        Engine asked = Engine.parse(written.isEmpty() ? fallback : written);
        this.ownColumns = keyed && asked.replaces() && asked.arguments().isEmpty();
        this.engine =
                ownColumns
                        ? new Engine(
                                asked.name(),
                                List.of(Upserts.VERSION_COLUMN, Upserts.DELETE_COLUMN))
                        : asked;
    }

    /** The table as it will be, for planning before it exists. */
    TableMeta meta() {
        return new TableMeta(
                plan.target().database(),
                plan.table(),
                engine,
                columns(),
                plan.shape().sortingKey(plan.primaryKey()),
                plan.shape().partitionBy(),
                plan.shape().comment());
    }

    /** The statement, which does nothing if the table exists. */
    String statement() {
        return "CREATE TABLE IF NOT EXISTS " + definition("");
    }

    /** As {@link #statement}, with the UUID of the table, which an Atomic database keeps. */
    String statement(UUID id) {
        return "CREATE TABLE IF NOT EXISTS " + definition(" UUID " + Sql.text(id.toString()));
    }

    /** The statement for a table that does not exist. */
    String strictStatement() {
        return "CREATE TABLE " + definition("");
    }

    private String definition(String identity) {
        return Sql.table(plan.target().database(), plan.table())
                + identity
                + plan.shape().servers().clause()
                + " ("
                + columns().stream().map(CreateTable::text).collect(Collectors.joining(", "))
                + ") ENGINE = "
                + engineText()
                + orderBy()
                + partitionBy()
                + (plan.shape().ttl().isEmpty() ? "" : " TTL " + plan.shape().ttl())
                + settings()
                + (plan.shape().comment().isEmpty()
                        ? ""
                        : " COMMENT " + Sql.text(plan.shape().comment()));
    }

    private String orderBy() {
        if (!plan.shape().orderBy().isEmpty()) {
            return " ORDER BY (" + plan.shape().orderBy() + ")";
        }
        if (!engine.name().endsWith("MergeTree")) {
            return "";
        }
        return plan.primaryKey().isEmpty()
                ? " ORDER BY tuple()"
                : " ORDER BY (" + Sql.names(plan.primaryKey()) + ")";
    }

    private String partitionBy() {
        String key = plan.shape().partitionBy();
        if (key.isEmpty()) {
            return "";
        }
        return " PARTITION BY " + (KeyText.parts(key).size() > 1 ? "(" + key + ")" : key);
    }

    private static String text(ColumnMeta column) {
        return Sql.name(column.name())
                + " "
                + column.type().text()
                + (column.comment().isEmpty() ? "" : " COMMENT " + Sql.text(column.comment()));
    }

    private String settings() {
        boolean plain =
                !engineText().startsWith("Replicated") && !engineText().startsWith("Shared");
        String given = plan.shape().settings();
        String window = DeduplicationWindow.suggestedSetting();
        String name = window.substring(0, window.indexOf(' '));
        boolean windowed =
                engine.name().endsWith("MergeTree")
                        && plain
                        && plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_WINDOW
                        && !given.contains(name);
        String all = !windowed ? given : given.isEmpty() ? window : given + ", " + window;
        return all.isEmpty() ? "" : " SETTINGS " + all;
    }

    /** The engine as the user wrote it, so that a path of a replicated table stays. */
    private String engineText() {
        if (ownColumns || plan.engine().isEmpty()) {
            return engine.toString();
        }
        return plan.engine();
    }

    private List<ColumnMeta> columns() {
        Set<String> keys = new HashSet<>(plan.primaryKey());
        keys.addAll(plan.shape().keyColumns(plan.rowType().getFieldNames()));
        List<ColumnMeta> columns = new ArrayList<>();
        for (RowType.RowField field : plan.rowType().getFields()) {
            String type = type(field, keys.contains(field.getName()));
            String comment = plan.shape().comments().getOrDefault(field.getName(), "");
            columns.add(new ColumnMeta(field.getName(), TypeParser.parse(type), "", comment));
        }
        if (ownColumns) {
            columns.add(column(Upserts.VERSION_COLUMN, "UInt64"));
            columns.add(column(Upserts.DELETE_COLUMN, "UInt8"));
        }
        if (plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER) {
            columns.add(column(Marker.COLUMN, Marker.TYPE));
        }
        return columns;
    }

    private static ColumnMeta column(String name, String type) {
        return new ColumnMeta(name, TypeParser.parse(type), "", "");
    }

    private static String type(RowType.RowField field, boolean key) {
        LogicalType type = field.getType();
        return (key ? ServerTypes.plain(type) : ServerTypes.find(type))
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.SCHEMA_TYPE,
                                                "Column '"
                                                        + field.getName()
                                                        + "' is "
                                                        + type.asSummaryString()
                                                        + ", for which Velo has no ClickHouse"
                                                        + " type.")
                                        .remedy("CAST it to another type in the query.")
                                        .toException());
    }
}
