// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.common.scheme.DdlScheme.DropBehavior;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableChange;

/**
 * Creates, alters and drops schemas and tables, each time in one transaction: all of it or nothing.
 * Does not queue long for a lock, because everybody else would queue behind it. Immutable,
 * therefore thread-safe.
 *
 * @param settings the database
 */
public record Definitions(ConnectSettings settings) {

    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '10s'";

    private static final String PRIMARY_KEY =
            "SELECT conname FROM pg_catalog.pg_constraint"
                    + " WHERE conrelid = ?::pg_catalog.regclass AND contype = 'p'";

    /** What is done with an open transaction. */
    @FunctionalInterface
    private interface Work {
        List<String> statements(PostgresSession session) throws SQLException;
    }

    /** Makes a schema. */
    public void createSchema(Identifier schema, CatalogDatabase definition) {
        List<String> statements = TableDefinition.ofSchema(schema, definition);
        run("creating schema " + schema, session -> statements);
    }

    /** Drops a schema. */
    public void dropSchema(Identifier schema, DropBehavior behavior) {
        String sql = "DROP SCHEMA " + schema.quoted() + " " + behavior.name();
        run("dropping schema " + schema, session -> List.of(sql));
    }

    /** Makes a table. */
    public void createTable(TableName table, ResolvedCatalogTable definition) {
        List<String> statements = TableDefinition.of(table, definition);
        run("creating table " + table, session -> statements);
    }

    /** Alters a table. */
    public void alterTable(
            TableName table, ResolvedCatalogTable altered, List<TableChange> changes) {
        run(
                "altering table " + table,
                session ->
                        TableAlteration.of(
                                table, primaryKey(session, table), altered.getComment(), changes));
    }

    /** Renames a table within its schema. */
    public void renameTable(TableName table, Identifier newName) {
        String sql = "ALTER TABLE " + table.quoted() + " RENAME TO " + newName.quoted();
        run("renaming table " + table, session -> List.of(sql));
    }

    /** Drops a table on which nothing depends. */
    public void dropTable(TableName table) {
        run("dropping table " + table, session -> List.of("DROP TABLE " + table.quoted()));
    }

    private void run(String what, Work work) {
        try (PostgresSession session = PostgresSession.open(settings, SessionPurpose.DEFINITION);
                Statement statement = session.connection().createStatement()) {
            session.connection().setAutoCommit(false);
            statement.execute(LOCK_TIMEOUT);
            for (String sql : work.statements(session)) {
                statement.execute(sql);
            }
            session.connection().commit();
        } catch (SQLException e) {
            throw DdlFailure.describe(e, settings, what);
        }
    }

    private static Optional<Identifier> primaryKey(PostgresSession session, TableName table)
            throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(PRIMARY_KEY)) {
            statement.setString(1, table.quoted());
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(Identifier.of(result.getString(1)))
                        : Optional.empty();
            }
        }
    }
}
