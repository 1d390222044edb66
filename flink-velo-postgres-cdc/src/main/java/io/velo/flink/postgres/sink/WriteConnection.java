// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection for writing that is opened again when it is lost. Before anything is repeated, the
 * server's side of the lost connection is ended: what was given up must neither hold locks nor come
 * through afterwards.
 *
 * <p>For one thread, except {@link #abort} and {@link #progress}.
 */
final class WriteConnection implements AutoCloseable {

    private static final String SELF =
            "SELECT pid, backend_start::text FROM pg_catalog.pg_stat_activity"
                    + " WHERE pid = pg_catalog.pg_backend_pid()";

    /** Waits up to 5 s for the end of the other session; a number may be another's by now. */
    private static final String END =
            "SELECT pg_catalog.pg_terminate_backend(pid, 5000)"
                    + " FROM pg_catalog.pg_stat_activity"
                    + " WHERE pid = ? AND backend_start = ?::pg_catalog.timestamptz";

    private final ConnectSettings settings;
    private volatile PostgresSession session;
    private volatile boolean aborted;
    private volatile long lastProgress = System.nanoTime();
    private Backend backend;
    private Backend lost;
    private long number;
    private long rollbacks;

    WriteConnection(ConnectSettings settings) {
        this.settings = settings;
    }

    /** A server process that serves a session. */
    private record Backend(int pid, String started) {}

    /**
     * The open session, in a transaction or ready for one.
     *
     * @throws SQLException if none can be opened
     */
    PostgresSession session() throws SQLException {
        if (session == null) {
            progress();
            PostgresSession opened = PostgresSession.tryOpen(settings, SessionPurpose.WRITE);
            session = opened;
            if (aborted) {
                throw new SQLException("The connection was cut.", "08006");
            }
            try {
                prepare(opened);
            } catch (SQLException e) {
                drop();
                throw e;
            }
        }
        progress();
        return session;
    }

    private void prepare(PostgresSession opened) throws SQLException {
        Connection connection = opened.connection();
        if (lost != null) {
            end(connection, lost);
            lost = null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SELF)) {
            result.next();
            backend = new Backend(result.getInt(1), result.getString(2));
        }
        connection.setAutoCommit(false);
        number++;
    }

    private static void end(Connection connection, Backend other) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setInt(1, other.pid());
            statement.setString(2, other.started());
            try (ResultSet result = statement.executeQuery()) {
                if (result.next() && !result.getBoolean(1)) {
                    throw new SQLException(
                            "The server's side of a lost connection does not end.", "55P03");
                }
            }
        }
    }

    /** Which session it is, from 1; another number after it was lost. */
    long number() {
        return number;
    }

    /** Another number after anything that was not committed was lost. */
    long epoch() {
        return number + rollbacks;
    }

    /** Whether a session is open. */
    boolean isOpen() {
        return session != null;
    }

    /** Brings the session back to the start after a failure, or gives it up if it is gone. */
    void recover(SQLException failure) {
        PostgresSession open = session;
        if (open == null) {
            return;
        }
        if (Fault.of(failure) != Fault.RECONNECT) {
            try {
                undo(open);
                return;
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        drop();
    }

    /** Ends the transaction that is open, if one is; the next statement starts another one. */
    void undo(PostgresSession open) throws SQLException {
        rollbacks++;
        if (open.connection().getAutoCommit()) {
            open.connection().setAutoCommit(false);
        } else {
            open.connection().rollback();
        }
    }

    private void drop() {
        PostgresSession gone = session;
        session = null;
        lost = backend == null ? lost : backend;
        backend = null;
        if (gone != null) {
            gone.abort();
        }
    }

    /** Notes that the server or the line took something. */
    void progress() {
        lastProgress = System.nanoTime();
    }

    /** Cuts the connection if nothing has moved for longer than an answer may take. */
    void abortIfSilent() {
        long silent = System.nanoTime() - lastProgress;
        if (silent > SessionPurpose.WRITE.answer().plusSeconds(2).toNanos()) {
            PostgresSession open = session;
            if (open != null) {
                open.abort();
            }
            progress();
        }
    }

    /** Cuts the connection for good, so that its thread gets an error. */
    void abort() {
        aborted = true;
        PostgresSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        PostgresSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
