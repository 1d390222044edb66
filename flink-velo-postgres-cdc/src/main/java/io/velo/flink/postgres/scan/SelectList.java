// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What the server sends as the fields of a row.
 *
 * @param columns how each field is decoded
 * @param expressions each field in SQL
 * @param groups by what rows are grouped, in SQL
 */
record SelectList(List<ColumnMapping> columns, List<String> expressions, List<String> groups) {

    private static final String ALIAS = ScanQuery.ALIAS;

    static SelectList of(TableScan scan, TableInfo table) {
        if (!scan.query().isAggregated()) {
            List<ColumnMapping> columns = ColumnMappings.of(table, scan.rowType(), scan.settings());
            List<String> expressions =
                    columns.stream().map(column -> column.expression(ALIAS)).toList();
            return new SelectList(columns, expressions, List.of());
        }
        SelectList list = new SelectList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < scan.query().items().size(); i++) {
            list.add(scan.query().items().get(i), scan.rowType().getTypeAt(i), table);
        }
        return list;
    }

    private void add(SelectItem item, LogicalType target, TableInfo table) {
        if (item.kind() == SelectItem.Kind.COUNT_ROWS) {
            addCount("count(*)", target);
            return;
        }
        TableColumn column =
                table.column(item.column())
                        .orElseThrow(() -> ColumnMappings.missing(table, item.column()));
        String name = ALIAS + '.' + column.name().quoted();
        if (item.kind() == SelectItem.Kind.COUNT) {
            addCount("count(" + name + ")", target);
            return;
        }
        ColumnMapping mapping = ColumnMapping.of(column.name(), column.type(), target);
        String compared = column.type().isCollated() ? name + " COLLATE \"C\"" : name;
        columns.add(mapping);
        if (item.kind() == SelectItem.Kind.COLUMN) {
            expressions.add("(" + compared + ")::" + mapping.wire().sql());
            groups.add(compared);
            return;
        }
        String function = item.kind() == SelectItem.Kind.MIN ? "min(" : "max(";
        expressions.add("pg_catalog." + function + compared + ")::" + mapping.wire().sql());
    }

    private void addCount(String expression, LogicalType target) {
        columns.add(
                new ColumnMapping(
                        Identifier.of("count"), PostgresType.INT8, PostgresType.INT8, target));
        expressions.add("pg_catalog." + expression);
    }
}
