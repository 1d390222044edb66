// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.codec.PostgresType.Category;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Resolves type numbers to types: domains to what they stand on, arrays to their elements, enums to
 * their labels. Asks the server once per level of nesting. Not thread-safe.
 */
final class TypeCatalog {

    /** Domains over domains over arrays: more levels than this are not a type but a loop. */
    private static final int MAX_DEPTH = 32;

    private static final String QUERY =
            "SELECT t.oid, n.nspname, t.typname, t.typtype,"
                    + " CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND e.typarray = t.oid"
                    + " THEN t.typelem ELSE 0 END,"
                    + " t.typbasetype, t.typtypmod,"
                    + " ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l"
                    + " WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder)"
                    + " FROM pg_catalog.pg_type t"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                    + " LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem"
                    + " WHERE t.oid = ANY (?::pg_catalog.oid[])";

    private final Connection connection;
    private final Map<Integer, TypeRow> rows = new HashMap<>();

    TypeCatalog(Connection connection) {
        this.connection = connection;
    }

    /** Reads these types and all they stand on. */
    void load(Collection<Integer> oids) throws SQLException {
        List<Integer> missing = new ArrayList<>(oids);
        for (int depth = 0; !missing.isEmpty() && depth < MAX_DEPTH; depth++) {
            read(missing);
            missing =
                    rows.values().stream()
                            .flatMap(row -> List.of(row.element(), row.base()).stream())
                            .filter(oid -> oid != 0 && !rows.containsKey(oid))
                            .distinct()
                            .toList();
        }
    }

    private void read(List<Integer> oids) throws SQLException {
        Object[] numbers = oids.stream().map(Integer::toUnsignedLong).toArray();
        Array array = connection.createArrayOf("int8", numbers);
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, array);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    TypeRow row = row(result);
                    rows.put(row.oid(), row);
                }
            }
        }
    }

    private static TypeRow row(ResultSet result) throws SQLException {
        return new TypeRow(
                (int) result.getLong(1),
                result.getString(2),
                result.getString(3),
                result.getString(4),
                (int) result.getLong(5),
                (int) result.getLong(6),
                result.getInt(7),
                List.of((String[]) result.getArray(8).getArray()));
    }

    /** The type of a column, after {@link #load}. */
    PostgresType type(int oid, int modifier, String display) {
        TypeRow row = Objects.requireNonNull(rows.get(oid), "The type was not loaded.");
        if (row.base() != 0) {
            return type(row.base(), row.baseModifier(), display);
        }
        PostgresType element =
                row.element() == 0
                        ? null
                        : type(row.element(), modifier, elementDisplay(display, row.element()));
        return new PostgresType(
                oid,
                row.schema(),
                row.name(),
                modifier,
                category(row, element),
                element,
                row.labels(),
                display);
    }

    private String elementDisplay(String display, int element) {
        return display.endsWith("[]")
                ? display.substring(0, display.length() - 2)
                : rows.get(element).name();
    }

    private static Category category(TypeRow row, PostgresType element) {
        if (element != null) {
            return Category.ARRAY;
        }
        return switch (row.kind()) {
            case "b" -> Category.BASE;
            case "e" -> Category.ENUM;
            default -> Category.OTHER;
        };
    }
}
