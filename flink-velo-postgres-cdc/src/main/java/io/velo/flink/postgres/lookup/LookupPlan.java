// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.KeyComparison;
import io.velo.flink.postgres.codec.KeyEncoder;
import io.velo.flink.postgres.codec.KeyEncoders;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.scan.ScanQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;

/**
 * How a table as it is now is looked up: the statement, the columns of its answer, the encoders of
 * its keys. Immutable, therefore thread-safe.
 *
 * <p>The server compares, with the rules of the column's type: {@code citext} ignores case, {@code
 * char(n)} ignores blanks at the end. Every key carries its position in the request, and each row
 * of the answer begins with the position of its key.
 */
final class LookupPlan {

    private static final String ALIAS = ScanQuery.ALIAS;

    private final List<ColumnMapping> columns;
    private final List<KeyEncoder> encoders;
    private final String sql;

    LookupPlan(TableLookup lookup, TableInfo table, ConnectSettings settings) {
        this.columns = ColumnMappings.of(table, lookup.rowType(), settings);
        List<ColumnMapping> key = new ArrayList<>();
        for (int i = 0; i < lookup.key().size(); i++) {
            key.add(columns.get(lookup.key().position(i)));
        }
        this.encoders = key.stream().map(KeyEncoders::of).toList();
        this.sql = sql(lookup, columns, key);
    }

    /**
     * One row per key and row of the table that has it: the key's position from 1 on, then the
     * columns. Each parameter is an array with the values of one key column.
     */
    private static String sql(
            TableLookup lookup, List<ColumnMapping> columns, List<ColumnMapping> key) {
        List<String> parameters = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            KeyComparison comparison = KeyEncoders.comparison(key.get(i), ALIAS);
            parameters.add("?::" + comparison.type().sql() + "[]");
            names.add("c" + i);
            conditions.add(comparison.expression() + " = k.c" + i);
        }
        if (!lookup.filter().isEmpty()) {
            conditions.add("(" + lookup.filter() + ")");
        }
        String select =
                columns.stream()
                        .map(column -> ", " + column.expression(ALIAS))
                        .collect(Collectors.joining());
        return "SELECT k.n"
                + select
                + " FROM unnest("
                + String.join(", ", parameters)
                + ") WITH ORDINALITY AS k("
                + String.join(", ", names)
                + ", n) JOIN "
                + lookup.relation().quoted()
                + " AS "
                + ALIAS
                + " ON "
                + String.join(" AND ", conditions);
    }

    int keySize() {
        return encoders.size();
    }

    String sql() {
        return sql;
    }

    List<ColumnMapping> columns() {
        return columns;
    }

    /** The texts of a key, or null if no row can have it. */
    List<String> encode(RowData key) {
        if (encoders.size() == 1) {
            String text = encoders.get(0).encode(key, 0);
            return text == null ? null : List.of(text);
        }
        List<String> texts = new ArrayList<>(encoders.size());
        for (int i = 0; i < encoders.size(); i++) {
            String text = encoders.get(i).encode(key, i);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }
}
