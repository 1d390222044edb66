// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's own planner knows about a table. Immutable, therefore thread-safe.
 *
 * @param rows how many rows it expects
 * @param columns what ANALYZE left about columns, by name
 */
public record TableStatistics(long rows, Map<String, Column> columns) {

    /**
     * One column.
     *
     * @param distinct how many different values it has
     * @param nullFraction the part of rows in which it is NULL, from 0 to 1
     * @param averageBytes the average size of a value
     */
    public record Column(long distinct, double nullFraction, int averageBytes) {}

    /** A negative number of distinct values is a part of the rows. */
    private static final String COLUMNS =
            "SELECT s.attname, CASE WHEN s.n_distinct >= 0 THEN s.n_distinct"
                    + " ELSE -s.n_distinct * greatest(c.reltuples, 0) END::int8,"
                    + " s.null_frac, s.avg_width"
                    + " FROM pg_catalog.pg_stats s"
                    + " JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname"
                    + " JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid"
                    + " AND c.relname = s.tablename"
                    + " WHERE s.schemaname = ? AND s.tablename = ? ORDER BY s.inherited";

    private static final Pattern PLAN_ROWS = Pattern.compile("rows=(\\d+)");

    public TableStatistics {
        columns = Map.copyOf(columns);
    }

    /**
     * The statistics of a relation.
     *
     * @param filter a condition over the alias {@code t}, or empty
     */
    public static TableStatistics of(PostgresSession session, Relation relation, String filter)
            throws SQLException {
        String where = filter.isEmpty() ? "" : " WHERE " + filter;
        String plan =
                session.texts("EXPLAIN SELECT * FROM " + relation.quoted() + " AS t" + where)
                        .get(0);
        Matcher rows = PLAN_ROWS.matcher(plan);
        Map<String, Column> columns = new HashMap<>();
        if (relation.table().isPresent()) {
            readColumns(session, relation.table().get(), columns);
        }
        return new TableStatistics(rows.find() ? Long.parseLong(rows.group(1)) : -1, columns);
    }

    private static void readColumns(
            PostgresSession session, TableName table, Map<String, Column> columns)
            throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(COLUMNS)) {
            statement.setString(1, table.schema().name());
            statement.setString(2, table.table().name());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    columns.put(
                            result.getString(1),
                            new Column(result.getLong(2), result.getDouble(3), result.getInt(4)));
                }
            }
        }
    }
}
