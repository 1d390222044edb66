// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableSize;
import io.velo.flink.postgres.sql.Identifier;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds values of the first column of the primary key that cut a table into parts of about the same
 * number of rows: from the statistics that ANALYZE left, otherwise from a sample of the table. Used
 * by one thread.
 */
final class KeyBounds {

    private static final String HISTOGRAM =
            "SELECT bound::text FROM unnest((SELECT histogram_bounds::text::%s[]"
                    + " FROM pg_catalog.pg_stats"
                    + " WHERE schemaname = ? AND tablename = ? AND attname = ?"
                    + " ORDER BY inherited DESC LIMIT 1))"
                    + " WITH ORDINALITY AS u(bound, position) ORDER BY position";

    private static final String SAMPLE =
            "SELECT unnest(pg_catalog.percentile_disc(ARRAY(SELECT g / %d.0 FROM"
                    + " generate_series(1, %d) g)::float8[]) WITHIN GROUP (ORDER BY %s))::text"
                    + " FROM %s TABLESAMPLE SYSTEM (%d)";

    /** Enough for parts of about the same size; at least one block in a hundred is taken. */
    private static final long SAMPLED_BLOCKS = 1000;

    private final PostgresSession session;
    private final TableInfo table;
    private final TableSize size;

    KeyBounds(PostgresSession session, TableInfo table, TableSize size) {
        this.session = session;
        this.table = table;
        this.size = size;
    }

    /** Less than {@code parts} bounds, ascending as the database orders them; perhaps none. */
    List<String> of(int parts) throws SQLException {
        if (table.primaryKey().isEmpty()) {
            return List.of();
        }
        Identifier name = table.primaryKey().get(0);
        TableColumn column = table.column(name.name()).orElseThrow();
        List<String> histogram = histogram(column);
        if (histogram.size() > 2) {
            return thinned(histogram.subList(1, histogram.size() - 1), parts);
        }
        return sample(column, parts);
    }

    private List<String> histogram(TableColumn column) throws SQLException {
        String query = String.format(HISTOGRAM, column.type().sql());
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            statement.setString(1, table.name().schema().name());
            statement.setString(2, table.name().table().name());
            statement.setString(3, column.name().name());
            try (ResultSet result = statement.executeQuery()) {
                List<String> bounds = new ArrayList<>();
                while (result.next()) {
                    bounds.add(result.getString(1));
                }
                return bounds;
            }
        }
    }

    private List<String> sample(TableColumn column, int parts) throws SQLException {
        String query =
                String.format(
                        SAMPLE,
                        parts,
                        parts - 1,
                        column.name().quoted(),
                        table.name().quoted(),
                        percent());
        return session.texts(query).stream().filter(java.util.Objects::nonNull).distinct().toList();
    }

    private long percent() {
        return Math.min(100, Math.max(1, 100 * SAMPLED_BLOCKS / Math.max(1, size.blocks())));
    }

    private static List<String> thinned(List<String> bounds, int parts) {
        List<String> some = new ArrayList<>();
        for (int i = 1; i < parts; i++) {
            String bound = bounds.get((int) ((long) bounds.size() * i / parts));
            if (some.isEmpty() || !some.get(some.size() - 1).equals(bound)) {
                some.add(bound);
            }
        }
        return some;
    }
}
