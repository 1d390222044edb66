// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeKind;
import java.util.List;
import java.util.Optional;

/** Finds what a {@link ScanColumn} means in the real table. */
final class TableColumns {

    /**
     * A column or a part of one, as SQL.
     *
     * @param sql the expression
     * @param type its type
     */
    record Found(String sql, ClickHouseType type) {}

    private final TableMeta meta;

    TableColumns(TableMeta meta) {
        this.meta = meta;
    }

    /** The column, or nothing if the table does not have it or it cannot be read. */
    Optional<Found> find(ScanColumn column) {
        if (column.virtual()) {
            return VirtualColumn.find(column.name())
                    .map(virtual -> new Found(virtual.sql(), virtual.type()));
        }
        Optional<ColumnMeta> found = meta.column(column.name()).filter(ColumnMeta::readable);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Found value = new Found(Sql.name(column.name()), found.get().type());
        for (String field : column.path().subList(1, column.path().size())) {
            Optional<Found> part = part(value, field);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            value = part.get();
        }
        return Optional.of(value);
    }

    private static Optional<Found> part(Found tuple, String field) {
        if (tuple.type().kind() != TypeKind.TUPLE) {
            return Optional.empty();
        }
        List<ClickHouseType.Field> fields = tuple.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                String sql = "tupleElement(" + tuple.sql() + ", " + (i + 1) + ")";
                return Optional.of(new Found(sql, fields.get(i).type()));
            }
        }
        return Optional.empty();
    }
}
