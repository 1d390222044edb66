// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.meta.TableMeta;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.RowType;

/**
 * Conditions of a statement that changes rows, as SQL of the server that is true for exactly the
 * same rows. Stateless, therefore thread-safe.
 */
public final class RowConditions {

    private RowConditions() {}

    /**
     * The SQL of all the conditions together, or nothing if the server cannot be asked, does not
     * have their like, or if they do not hold for all versions of a row alike: where the engine
     * replaces rows by their sorting key, removing the last version would bring back the one before
     * it.
     *
     * @param zone the zone of TIMESTAMP values where columns name none; empty for the server's
     */
    public static Optional<String> of(
            ClickHouseTarget target,
            String table,
            String zone,
            RowType rows,
            List<ResolvedExpression> conditions) {
        ScanObject object = new ScanObject(target.database(), table, "");
        PlannedTable planned = new PlannedTable(target, object, zone);
        return planned.meta()
                .filter(meta -> !replaces(meta) || ofTheKey(meta, rows, conditions))
                .flatMap(meta -> sql(planned, meta, rows, conditions));
    }

    /** Whether rows may be replaced: those on shards of which nothing is known may be, too. */
    private static boolean replaces(TableMeta meta) {
        return meta.holder().needsFinal() || meta.holder().distributed();
    }

    private static Optional<String> sql(
            PlannedTable planned, TableMeta meta, RowType rows, List<ResolvedExpression> parts) {
        TableColumns columns = new TableColumns(meta);
        FilterSql filters =
                new FilterSql(
                        name ->
                                column(rows, name)
                                        .flatMap(
                                                column ->
                                                        columns.find(column)
                                                                .flatMap(
                                                                        found ->
                                                                                FieldValue.of(
                                                                                        found,
                                                                                        column
                                                                                                .type(),
                                                                                        planned
                                                                                                .zone()))));
        List<Optional<String>> all = parts.stream().map(filters::of).toList();
        return all.stream().allMatch(Optional::isPresent)
                ? Optional.of(
                        all.stream()
                                .map(Optional::get)
                                .collect(Collectors.joining(") AND (", "(", ")")))
                : Optional.empty();
    }

    private static Optional<ScanColumn> column(RowType rows, String name) {
        int index = rows.getFieldIndex(name);
        return index < 0
                ? Optional.empty()
                : Optional.of(new ScanColumn(List.of(name), rows.getTypeAt(index), false));
    }

    private static boolean ofTheKey(
            TableMeta meta, RowType rows, List<ResolvedExpression> conditions) {
        Set<String> key = new HashSet<>();
        for (String part : meta.sortingKey()) {
            // Rows of one key may differ in what an expression takes.
            key.addAll(rows.getFieldNames().contains(part) ? Set.of(part) : Set.of());
        }
        return conditions.stream().allMatch(condition -> key.containsAll(fields(condition)));
    }

    private static Set<String> fields(ResolvedExpression expression) {
        Set<String> names = new HashSet<>();
        if (expression instanceof FieldReferenceExpression field) {
            names.add(field.getName());
        }
        expression.getResolvedChildren().forEach(child -> names.addAll(fields(child)));
        return names;
    }
}
