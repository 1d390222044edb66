// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.RelationKind;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableReader;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that is captured, with the order of its key. Immutable, therefore thread-safe.
 *
 * @param info the table
 * @param key its primary key with its order, or the place of rows if it has none
 */
public record SnapshotTable(TableInfo info, TableKey key) {

    /**
     * Which key columns have a collation that compares bytes: one named so, or the database's own;
     * only in encodings whose bytes have the order of the code points.
     */
    private static final String BYTE_COLLATIONS =
            "SELECT a.attname, pg_catalog.pg_encoding_to_char(d.encoding)"
                    + " IN ('UTF8', 'LATIN1', 'SQL_ASCII') AND CASE WHEN c.oid IS NULL THEN true"
                    + " WHEN c.collname = 'default' THEN"
                    + " (pg_catalog.to_jsonb(d)->>'datlocprovider' = 'b'"
                    + " OR coalesce(pg_catalog.to_jsonb(d)->>'datlocprovider', 'c')"
                    + " = 'c' AND d.datcollate IN ('C', 'POSIX'))"
                    + " ELSE c.collname IN ('C', 'POSIX', 'ucs_basic', 'pg_c_utf8') END"
                    + " FROM pg_catalog.pg_attribute a"
                    + " JOIN pg_catalog.pg_database d ON d.datname = current_database()"
                    + " LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation"
                    + " WHERE a.attrelid = ?::pg_catalog.regclass AND a.attnum > 0"
                    + " AND NOT a.attisdropped";

    /** Reads the description of a table. */
    public static SnapshotTable tryRead(PostgresSession session, TableName name)
            throws SQLException {
        TableInfo info = new TableReader(session).tryRead(name);
        if (info.primaryKey().isEmpty()) {
            return new SnapshotTable(info, TableKey.PLACE);
        }
        Map<String, Boolean> byteOrder = byteOrder(session, name);
        List<TableColumn> columns = new ArrayList<>();
        List<KeyOrder> orders = new ArrayList<>();
        for (var column : info.primaryKey()) {
            TableColumn found = info.column(column.name()).orElseThrow();
            columns.add(found);
            orders.add(KeyOrder.of(found.type(), byteOrder.getOrDefault(column.name(), false)));
        }
        return new SnapshotTable(info, new TableKey(columns, orders));
    }

    private static Map<String, Boolean> byteOrder(PostgresSession session, TableName name)
            throws SQLException {
        Map<String, Boolean> found = new HashMap<>();
        try (PreparedStatement statement = session.connection().prepareStatement(BYTE_COLLATIONS)) {
            statement.setString(1, name.quoted());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.put(result.getString(1), result.getBoolean(2));
                }
            }
        }
        return found;
    }

    /** The key by which ranges are meant. */
    public TableKey keyOf(boolean byPlace) {
        return byPlace ? TableKey.PLACE : key;
    }

    /** The table as it stands in FROM: without tables that inherit from it, with its partitions. */
    public String from(TableName relation) {
        return (info.kind() == RelationKind.PARTITIONED_TABLE && relation.equals(info.name())
                        ? ""
                        : "ONLY ")
                + relation.quoted();
    }
}
