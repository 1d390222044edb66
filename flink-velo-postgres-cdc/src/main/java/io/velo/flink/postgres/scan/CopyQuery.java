// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the COPY statement of a split. COPY binds no parameters: literals are quoted. */
final class CopyQuery {

    private static final String ALIAS = "t";

    private CopyQuery() {}

    /**
     * The statement.
     *
     * @param key the key in whose order is read, or empty for any order
     */
    static String of(
            TableName table,
            List<ColumnMapping> columns,
            Optional<KeyColumns> key,
            KeyRange range,
            OptionalLong limit) {
        StringBuilder sql = new StringBuilder("COPY (SELECT ");
        sql.append(
                Stream.concat(
                                columns.stream(),
                                key.map(KeyColumns::extra).orElse(List.of()).stream())
                        .map(column -> column.expression(ALIAS))
                        .collect(Collectors.joining(", ")));
        sql.append(" FROM ").append(table.quoted()).append(" AS ").append(ALIAS);
        key.ifPresent(columnsOfKey -> appendRange(sql, columnsOfKey.columns(), range));
        limit.ifPresent(rows -> sql.append(" LIMIT ").append(rows));
        return sql.append(") TO STDOUT (FORMAT binary)").toString();
    }

    private static void appendRange(StringBuilder sql, List<TableColumn> key, KeyRange range) {
        List<String> conditions = new ArrayList<>();
        range.after().ifPresent(point -> conditions.add(names(key) + " > " + values(key, point)));
        range.upTo().ifPresent(point -> conditions.add(names(key) + " <= " + values(key, point)));
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
        sql.append(" ORDER BY ")
                .append(key.stream().map(CopyQuery::name).collect(Collectors.joining(", ")));
    }

    /** A comparison of rows, which the server serves from the index of the key. */
    private static String names(List<TableColumn> key) {
        return key.stream().map(CopyQuery::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(TableColumn column) {
        return ALIAS + '.' + column.name().quoted();
    }

    private static String values(List<TableColumn> key, KeyPoint point) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            values.add(Quoting.literal(point.values().get(i)) + "::" + key.get(i).type().sql());
        }
        return values.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
