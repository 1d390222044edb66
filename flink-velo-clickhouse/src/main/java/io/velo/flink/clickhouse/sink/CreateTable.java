// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The CREATE TABLE of {@code auto_create=true}. Without an engine given it is MergeTree, or
 * ReplacingMergeTree if there is a primary key. A ReplacingMergeTree without arguments gets a
 * version column and a removal mark that Velo fills. ORDER BY is the primary key.
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
                plan.primaryKey(),
                "",
                "");
    }

    /** The statement, which does nothing if the table exists. */
    String statement() {
        String columns =
                columns().stream()
                        .map(column -> Sql.name(column.name()) + " " + column.type().text())
                        .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS "
                + Sql.table(plan.target().database(), plan.table())
                + " ("
                + columns
                + ") ENGINE = "
                + engineText()
                + (engine.name().endsWith("MergeTree")
                        ? " ORDER BY "
                                + (plan.primaryKey().isEmpty()
                                        ? "tuple()"
                                        : "(" + Sql.names(plan.primaryKey()) + ")")
                                + settings()
                        : "");
    }

    private String settings() {
        boolean plain =
                !engineText().startsWith("Replicated") && !engineText().startsWith("Shared");
        return plain && plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_WINDOW
                ? " SETTINGS " + DeduplicationWindow.suggestedSetting()
                : "";
    }

    /** The engine as the user wrote it, so that a path of a replicated table stays. */
    private String engineText() {
        if (ownColumns || plan.engine().isEmpty()) {
            return engine.toString();
        }
        return plan.engine();
    }

    private List<ColumnMeta> columns() {
        List<ColumnMeta> columns = new ArrayList<>();
        for (RowType.RowField field : plan.rowType().getFields()) {
            boolean key = plan.primaryKey().contains(field.getName());
            columns.add(column(field.getName(), type(field, key)));
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
        String plain = plain(field);
        return field.getType().isNullable() && !key ? "Nullable(" + plain + ")" : plain;
    }

    private static String plain(RowType.RowField field) {
        LogicalType type = field.getType();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> "Bool";
            case TINYINT -> "Int8";
            case SMALLINT -> "Int16";
            case INTEGER -> "Int32";
            case BIGINT -> "Int64";
            case FLOAT -> "Float32";
            case DOUBLE -> "Float64";
            case DECIMAL ->
                    "Decimal("
                            + ((DecimalType) type).getPrecision()
                            + ", "
                            + ((DecimalType) type).getScale()
                            + ")";
            case CHAR, VARCHAR, VARBINARY -> "String";
            case BINARY -> "FixedString(" + LogicalTypeChecks.getLength(type) + ")";
            case DATE -> "Date32";
            case TIME_WITHOUT_TIME_ZONE -> "Time64(3)";
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    LogicalTypeChecks.getPrecision(type) == 0
                            ? "DateTime('UTC')"
                            : "DateTime64(" + LogicalTypeChecks.getPrecision(type) + ", 'UTC')";
            default ->
                    throw Problem.of(
                                    ErrorCode.SCHEMA_TYPE,
                                    "Column '"
                                            + field.getName()
                                            + "' is "
                                            + type.asSummaryString()
                                            + ", for which auto_create has no ClickHouse type.")
                            .remedy("CAST it to a scalar type in the query.")
                            .toException();
        };
    }
}
