// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the partitions of a table, of every level. Not thread-safe, as the session is not. */
public final class PartitionReader {

    private static final String KIND =
            "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = ?::pg_catalog.regclass";

    private static final String PARTITIONS =
            "SELECT n.nspname, c.relname, pg_catalog.pg_get_expr(c.relpartbound, c.oid)"
                    + " FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass) t"
                    + " JOIN pg_catalog.pg_class c ON c.oid = t.relid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE t.level > 0"
                    + " ORDER BY t.level, n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";

    private final PostgresSession session;

    /** A reader that uses this session and leaves it open. */
    public PartitionReader(PostgresSession session) {
        this.session = session;
    }

    /**
     * The partitions of a table, each with its table ("partition") and its bounds in PostgreSQL's
     * words ("bounds"); nothing if it is not partitioned.
     */
    public Optional<List<Map<String, String>>> partitions(TableName table) throws SQLException {
        if (!isPartitioned(table)) {
            return Optional.empty();
        }
        List<Map<String, String>> partitions = new ArrayList<>();
        try (PreparedStatement statement = session.connection().prepareStatement(PARTITIONS)) {
            statement.setString(1, table.quoted());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Map<String, String> partition = new LinkedHashMap<>();
                    partition.put("partition", result.getString(1) + "." + result.getString(2));
                    partition.put("bounds", result.getString(3));
                    partitions.add(partition);
                }
            }
        }
        return Optional.of(partitions);
    }

    private boolean isPartitioned(TableName table) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(KIND)) {
            statement.setString(1, table.quoted());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
