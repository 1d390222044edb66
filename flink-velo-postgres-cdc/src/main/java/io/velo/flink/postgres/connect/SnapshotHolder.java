// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/**
 * A transaction that keeps one moment of the database for other connections to read, and its tables
 * from being rewritten or dropped, as any reader does. Used by one thread at a time.
 */
public final class SnapshotHolder implements AutoCloseable {

    private final PostgresSession session;
    private final String exported;

    private SnapshotHolder(PostgresSession session, String exported) {
        this.session = session;
        this.exported = exported;
    }

    /**
     * Keeps this moment of the database.
     *
     * @param tables those that must not be rewritten meanwhile
     */
    public static SnapshotHolder tryOpen(ConnectSettings settings, List<TableName> tables)
            throws SQLException {
        return tryOpen(settings, tables, session -> {});
    }

    /**
     * Keeps this moment of the database.
     *
     * @param tables those that must not be rewritten meanwhile
     * @param opened receives the connection that keeps it, so that another thread can cut it
     */
    public static SnapshotHolder tryOpen(
            ConnectSettings settings, List<TableName> tables, Consumer<PostgresSession> opened)
            throws SQLException {
        PostgresSession session = PostgresSession.tryOpen(settings, SessionPurpose.SCAN);
        opened.accept(session);
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            // Before the snapshot: blocks must not be numbered anew between the two.
            for (TableName table : tables) {
                statement.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE");
            }
            String exported = session.texts("SELECT pg_catalog.pg_export_snapshot()").get(0);
            return new SnapshotHolder(session, exported);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The server's name of the moment. */
    public String exported() {
        return exported;
    }

    /** The server that knows the moment, with its port. */
    public String host() {
        return session.host();
    }

    @Override
    public void close() {
        session.close();
    }
}
