// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.BlockLayout;
import io.velo.flink.clickhouse.codec.ColumnTarget;
import io.velo.flink.clickhouse.codec.GeneratedColumn;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.Problems;
import java.util.ArrayList;
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
 * The columns of a sink's blocks: what fields of the rows fill and what the sink adds, and the form
 * in which they travel.
 */
final class WrittenColumns {

    private final SinkPlan plan;
    private final TableMeta meta;
    private final Upserts upserts;

    WrittenColumns(SinkPlan plan, TableMeta meta, Upserts upserts) {
        this.plan = plan;
        this.meta = meta;
        this.upserts = upserts;
    }

    /** The columns of a block with their types in its head, in their order. */
    Map<String, String> heads() {
        Map<String, String> columns = new LinkedHashMap<>();
        targets().forEach(target -> columns.put(target.name(), target.type().headerText()));
        generated(() -> 0)
                .forEach(column -> columns.put(column.name(), column.type().headerText()));
        return columns;
    }

    /** Whether the server makes the table's rows of those of a block by a SELECT. */
    boolean areSelected() {
        return !plan.placement().pin().isEmpty() || !aggregates().isEmpty();
    }

    /** The columns of a block as the table takes them. */
    String selected() {
        Map<String, AggregateInput> aggregates = aggregates();
        return heads().keySet().stream()
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

    /** The layout of the blocks: what the statement does not convert has the types of the table. */
    BlockLayout layout() {
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
        boolean converted = plan.guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER || areSelected();
        return new BlockLayout(format, converted, defaulted);
    }

    /**
     * The columns that fields of a row fill.
     *
     * @throws io.velo.flink.common.error.VeloException if a field has no column
     */
    List<ColumnTarget> targets() {
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
                if (plan.nullsAsDefault() && !key && takesNoDefault(column.type(), type)) {
                    problems.add(ColumnProblems.noDefault(meta, name));
                }
                targets.add(
                        new ColumnTarget(name, written(column.type(), type, key), type, i, key));
            }
        }
        problems.throwIfAny();
        return targets;
    }

    /** The columns that no field fills. */
    List<GeneratedColumn> generated(LongSupplier versions) {
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
                            WrittenColumns::removal));
        }
        if (!upserts.sign().isEmpty()) {
            columns.add(
                    new GeneratedColumn(
                            upserts.sign(),
                            meta.column(upserts.sign()).orElseThrow().type(),
                            WrittenColumns::sign));
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

    /** The server makes a state of the value; a state that is left out has no value of its own. */
    private static boolean takesNoDefault(ClickHouseType column, LogicalType type) {
        return type.isNullable()
                && AggregateInput.of(column, type)
                        .map(input -> !input.type().values().nullable())
                        .orElse(false);
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
