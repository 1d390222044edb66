// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the description of a table from the server's system catalog: three short queries,
 * read-only. Not thread-safe, because the session is not.
 */
public final class TableReader {

    private static final String RELATION =
            "SELECT c.oid, c.relkind, pg_catalog.obj_description(c.oid, 'pg_class')"
                    + " FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = ? AND c.relname = ?"
                    + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

    private static final String COLUMNS =
            "SELECT a.attname, a.atttypid, a.atttypmod, a.attnotnull,"
                    + " pg_catalog.col_description(a.attrelid, a.attnum),"
                    + " pg_catalog.format_type(a.atttypid, a.atttypmod)"
                    + " FROM pg_catalog.pg_attribute a"
                    + " WHERE a.attrelid = ?::pg_catalog.oid"
                    + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    private static final String PRIMARY_KEY =
            "SELECT a.attname FROM pg_catalog.pg_index i"
                    + " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)"
                    + " JOIN pg_catalog.pg_attribute a"
                    + " ON a.attrelid = i.indrelid AND a.attnum = k.attnum"
                    + " WHERE i.indrelid = ?::pg_catalog.oid AND i.indisprimary"
                    + " AND k.position <= i.indnkeyatts ORDER BY k.position";

    private final PostgresSession session;
    private final Connection connection;

    /** A reader that uses this session and leaves it open. */
    public TableReader(PostgresSession session) {
        this.session = session;
        this.connection = session.connection();
    }

    /**
     * The description of a table.
     *
     * @throws VeloException {@code VELO-SCH-004} with the nearest names if there is no such table
     */
    public TableInfo read(TableName name) {
        try {
            return tryRead(name);
        } catch (SQLException e) {
            throw StatementFailure.describe(e, session.settings(), "describing table " + name);
        }
    }

    /**
     * The description of a table; for callers that try again.
     *
     * @throws SQLException if the server cannot be asked
     * @throws VeloException {@code VELO-SCH-004} with the nearest names if there is no such table
     */
    public TableInfo tryRead(TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
            statement.setString(1, name.schema().name());
            statement.setString(2, name.table().name());
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new TableNames(session).missing(name);
                }
                long oid = result.getLong(1);
                RelationKind kind = RelationKind.of(result.getString(2));
                return new TableInfo(
                        name, (int) oid, kind, text(result, 3), columns(oid), primaryKey(oid));
            }
        }
    }

    private List<TableColumn> columns(long relation) throws SQLException {
        record Raw(
                String name, int oid, int modifier, boolean notNull, String comment, String type) {}

        List<Raw> raw = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, relation);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    raw.add(
                            new Raw(
                                    result.getString(1),
                                    (int) result.getLong(2),
                                    result.getInt(3),
                                    result.getBoolean(4),
                                    text(result, 5),
                                    result.getString(6)));
                }
            }
        }
        TypeCatalog types = new TypeCatalog(connection);
        types.load(raw.stream().map(Raw::oid).distinct().toList());
        return raw.stream()
                .map(
                        column ->
                                new TableColumn(
                                        Identifier.of(column.name()),
                                        types.type(column.oid(), column.modifier(), column.type()),
                                        column.notNull(),
                                        column.comment()))
                .toList();
    }

    private List<Identifier> primaryKey(long relation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEY)) {
            statement.setLong(1, relation);
            try (ResultSet result = statement.executeQuery()) {
                List<Identifier> key = new ArrayList<>();
                while (result.next()) {
                    key.add(Identifier.of(result.getString(1)));
                }
                return key;
            }
        }
    }

    private static String text(ResultSet result, int column) throws SQLException {
        String text = result.getString(column);
        return text == null ? "" : text;
    }
}
