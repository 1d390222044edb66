// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the COPY statement of a split. COPY binds no parameters: literals are quoted. */
final class CopyQuery {

    private static final String ALIAS = ScanQuery.ALIAS;

    private final ScanPlan plan;
    private final ScanSplit split;

    CopyQuery(ScanPlan plan, ScanSplit split) {
        this.plan = plan;
        this.split = split;
    }

    /** The statement. */
    String sql() {
        StringBuilder sql = new StringBuilder("COPY (SELECT ");
        sql.append(selected().collect(Collectors.joining(", ")));
        sql.append(" FROM ").append(plan.scan().relation().quoted()).append(" AS ").append(ALIAS);
        List<String> conditions = conditions();
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
        if (!plan.groups().isEmpty()) {
            sql.append(" GROUP BY ").append(String.join(", ", plan.groups()));
        }
        plan.key()
                .ifPresent(
                        key ->
                                sql.append(" ORDER BY ")
                                        .append(
                                                key.columns().stream()
                                                        .map(column -> name(column.name()))
                                                        .collect(Collectors.joining(", "))));
        plan.scan().rowsLeft(split).ifPresent(rows -> sql.append(" LIMIT ").append(rows));
        return sql.append(") TO STDOUT (FORMAT binary)").toString();
    }

    private Stream<String> selected() {
        return Stream.concat(
                plan.expressions().stream(),
                plan.key().map(KeyColumns::extra).orElse(List.of()).stream()
                        .map(column -> column.expression(ALIAS)));
    }

    private List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        split.range().after().ifPresent(point -> conditions.add(compared(point, ">")));
        split.range().upTo().ifPresent(point -> conditions.add(compared(point, "<=")));
        split.blocks().ifPresent(blocks -> conditions.add(blocks.condition(ALIAS)));
        String filter = plan.scan().query().filter();
        if (!filter.isEmpty()) {
            conditions.add("(" + filter + ")");
        }
        return conditions;
    }

    /** A comparison of rows, which the server serves from the index of the key. */
    private String compared(KeyPoint point, String operator) {
        Map<String, TableColumn> columns =
                plan.table().columns().stream()
                        .collect(Collectors.toMap(c -> c.name().name(), Function.identity()));
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < point.columns().size(); i++) {
            TableColumn column = columns.get(point.columns().get(i));
            names.add(name(column.name()));
            values.add(Quoting.literal(point.values().get(i)) + "::" + column.type().sql());
        }
        return "("
                + String.join(", ", names)
                + ") "
                + operator
                + " ("
                + String.join(", ", values)
                + ")";
    }

    private static String name(Identifier column) {
        return ALIAS + '.' + column.quoted();
    }
}
