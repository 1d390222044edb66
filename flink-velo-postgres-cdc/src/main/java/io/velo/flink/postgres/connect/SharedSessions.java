// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Notices a pooler that gives a session of the server to another client after each transaction,
 * such as PgBouncer with {@code pool_mode=transaction}: settings, snapshots and locks of a session
 * are then those of somebody else.
 *
 * <p>Such a pooler answers a login itself, so that the process it names is not the one that works;
 * where the two are the same there is none. Otherwise two connections are opened at once: that the
 * same process works for both, or another one for the same, or that one meets statements that the
 * other has prepared, proves that sessions are shared. A pooler that keeps one session for each
 * client passes.
 */
public final class SharedSessions {

    private static final int ROUNDS = 5;

    /** A statement has been prepared that we have not, or has not that we have. */
    private static final Set<String> OF_SOMEBODY_ELSE = Set.of("42P05", "26000");

    private SharedSessions() {}

    /**
     * Requires that new sessions are nobody else's.
     *
     * @param opened receives the session that is opened to find out; it is closed before this ends
     * @throws VeloException {@code VELO-CAP-002} if they are shared
     */
    public static void tryRequireNone(ConnectSettings settings, Consumer<PostgresSession> opened)
            throws SQLException {
        try (PostgresSession session = PostgresSession.tryOpen(settings, SessionPurpose.SCAN)) {
            opened.accept(session);
            tryRequireNone(session);
        } catch (SQLException e) {
            if (isOfSomebodyElse(e)) {
                throw shared(settings);
            }
            throw e;
        }
    }

    /**
     * Requires that the session is nobody else's.
     *
     * @throws VeloException {@code VELO-CAP-002} if it is shared
     */
    public static void tryRequireNone(PostgresSession session) throws SQLException {
        int works = process(session);
        if (session.driver().getBackendPID() == works) {
            return;
        }
        for (int i = 0; i < ROUNDS; i++) {
            if (isShared(session, works)) {
                throw shared(session.settings());
            }
        }
    }

    private static boolean isOfSomebodyElse(SQLException e) {
        return OF_SOMEBODY_ELSE.contains(String.valueOf(e.getSQLState()));
    }

    private static VeloException shared(ConnectSettings settings) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The connection goes to a pooler that shares sessions of the server"
                                + " between clients, through which changes cannot be captured.")
                .at(settings.place())
                .remedy("Name the server itself in the URI, not the pooler.")
                .toException();
    }

    private static boolean isShared(PostgresSession session, int works) throws SQLException {
        try (PostgresSession other =
                PostgresSession.tryOpen(session.settings(), SessionPurpose.SCAN)) {
            int worksForOther = process(other);
            int worksNow = process(session);
            return worksNow != works || worksForOther == worksNow;
        } catch (SQLException e) {
            if (isOfSomebodyElse(e)) {
                return true;
            }
            throw e;
        }
    }

    private static int process(PostgresSession session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }
}
