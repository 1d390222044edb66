// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How large a table is on disk, its partitions and heirs included, and whether it can be read by
 * blocks. Immutable, therefore thread-safe.
 *
 * @param bytes bytes of all files, values stored apart included
 * @param blocks blocks of the largest file
 * @param readableByBlocks whether the server reads a range of blocks without touching others: from
 *     version 14 on, for tables that lie in ordinary files
 */
public record TableSize(long bytes, long blocks, boolean readableByBlocks) {

    private static final String QUERY =
            "WITH RECURSIVE all_of(oid) AS ("
                    + "SELECT c.oid FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = ? AND c.relname = ?"
                    + " UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i, all_of"
                    + " WHERE i.inhparent = all_of.oid)"
                    + " SELECT coalesce(sum(pg_catalog.pg_table_size(c.oid))"
                    + " FILTER (WHERE c.relkind <> 'f'), 0)::int8,"
                    + " coalesce(max(pg_catalog.pg_relation_size(c.oid))"
                    + " FILTER (WHERE c.relkind <> 'f'), 0)::int8"
                    + " / pg_catalog.current_setting('block_size')::int8,"
                    + " bool_and(c.relkind IN ('r', 'm', 'p')"
                    + " AND (c.relkind = 'p' OR m.amname = 'heap'))"
                    + " AND pg_catalog.current_setting('server_version_num')::int >= 140000"
                    + " FROM all_of JOIN pg_catalog.pg_class c ON c.oid = all_of.oid"
                    + " LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam";

    /** The size of a table; zeros if there is none. */
    public static TableSize of(PostgresSession session, TableName table) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(QUERY)) {
            statement.setString(1, table.schema().name());
            statement.setString(2, table.table().name());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new TableSize(result.getLong(1), result.getLong(2), result.getBoolean(3));
            }
        }
    }
}
