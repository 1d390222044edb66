// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.ReadCast;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.ServerTypes;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Turns aggregates of a query into SQL of the server that gives exactly what Flink's own would.
 * Sums of floats are left to Flink, because they depend on the order of the rows; averages come
 * here as a sum and a count.
 */
final class AggregateSql {

    private final Function<Integer, Optional<FieldValue>> fields;
    private final Function<Integer, Optional<TableColumns.Found>> columns;

    /**
     * A translator.
     *
     * @param fields the fields of the scan by their positions, as values that can be computed with
     * @param columns the columns behind them
     */
    AggregateSql(
            Function<Integer, Optional<FieldValue>> fields,
            Function<Integer, Optional<TableColumns.Found>> columns) {
        this.fields = fields;
        this.columns = columns;
    }

    /** The aggregates, or nothing if one of them has no exact form. */
    Optional<Aggregates> of(int[] grouping, List<AggregateExpression> calls, RowType result) {
        List<String> expressions = new ArrayList<>();
        List<ClickHouseType> types = new ArrayList<>();
        List<String> groupBy = new ArrayList<>();
        for (int field : grouping) {
            Optional<FieldValue> value = fields.apply(field).filter(found -> !found.isFloating());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            TableColumns.Found column = columns.apply(field).orElseThrow();
            groupBy.add(column.sql());
            LogicalType flink = result.getTypeAt(expressions.size());
            expressions.add(ReadCast.of(column.sql(), column.type(), flink));
            types.add(ReadCast.answerType(column.type(), flink));
        }
        for (AggregateExpression call : calls) {
            LogicalType type = result.getTypeAt(expressions.size());
            Optional<String> expression = call(call, type);
            if (expression.isEmpty()) {
                return Optional.empty();
            }
            expressions.add(expression.get());
            types.add(TypeParser.parse(ServerTypes.find(type).orElseThrow()));
        }
        return Optional.of(new Aggregates(expressions, types, groupBy));
    }

    private Optional<String> call(AggregateExpression call, LogicalType type) {
        if (call.isDistinct() || call.getFilterExpression().isPresent()) {
            return Optional.empty();
        }
        String function = nameOf(call);
        if (function.equals("Count1") || function.equals("Count") && call.getArgs().isEmpty()) {
            return cast("count()", type);
        }
        if (call.getArgs().size() != 1) {
            return Optional.empty();
        }
        Optional<FieldValue> value = fields.apply(call.getArgs().get(0).getFieldIndex());
        return value.flatMap(
                found ->
                        switch (function) {
                            case "Count" -> cast("count(" + found.sql() + ")", type);
                            case "Min" -> extreme("minOrNull", found, type);
                            case "Max" -> extreme("maxOrNull", found, type);
                            case "Sum" -> sum("sumOrNull(" + found.sql() + ")", found, type);
                            case "Sum0" ->
                                    sum("ifNull(sumOrNull(" + found.sql() + "), 0)", found, type);
                            default -> Optional.empty();
                        });
    }

    /** The planner's classes are in a class loader of its own, so only their names are known. */
    private static String nameOf(AggregateExpression call) {
        Class<?> type = call.getFunctionDefinition().getClass();
        String name = type.getName();
        for (String function : List.of("Count1", "Count", "Sum0", "Sum", "Min", "Max")) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            if (simple.startsWith(function + "AggFunction")) {
                return function;
            }
        }
        return name;
    }

    private static Optional<String> extreme(String function, FieldValue value, LogicalType type) {
        boolean ordered = !value.isFloating() && value.hasSteadyClock() && !value.isLocalTime();
        return ordered ? cast(function + "(" + value.sql() + ")", type) : Optional.empty();
    }

    private static Optional<String> sum(String sql, FieldValue value, LogicalType type) {
        boolean exact = value.isWhole() || value.isDecimal() && !value.sumMayOverflow();
        return exact ? cast(sql, type) : Optional.empty();
    }

    private static Optional<String> cast(String sql, LogicalType type) {
        return ServerTypes.find(type).map(text -> "CAST(" + sql + ", " + Sql.text(text) + ")");
    }
}
