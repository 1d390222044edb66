// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SharedSessions;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The connections over which a capture is made: one thread works over them, and another one can cut
 * them. Used by one thread, except {@link #abort}.
 */
final class BootstrapSessions {

    private final ConnectSettings database;
    private final ConcurrentLinkedQueue<PostgresSession> sessions = new ConcurrentLinkedQueue<>();
    private volatile boolean aborted;

    BootstrapSessions(ConnectSettings database) {
        this.database = database;
    }

    /**
     * Work over a session.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    interface Work<T> {
        T over(PostgresSession session) throws SQLException;
    }

    /**
     * Does the work over a new session that is nobody else's.
     *
     * @throws RuntimeException with what stands in the way; it ends the job for good if it lasts
     */
    <T> T run(Work<T> work) {
        boolean connected = false;
        try (PostgresSession session = PostgresSession.tryOpen(database, SessionPurpose.SCAN)) {
            connected = true;
            opened(session);
            SharedSessions.tryRequireNone(session);
            return work.over(session);
        } catch (SQLException e) {
            VeloException failure =
                    connected
                            ? StatementFailure.describe(e, database, "beginning a change capture")
                            : ConnectFailure.describe(e, database);
            throw PermanentFailure.of(failure, e);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
    }

    /** A connection that is opened while another thread aborts is cut by one of the two. */
    void opened(PostgresSession session) {
        sessions.add(session);
        if (aborted) {
            session.abort();
        }
    }

    /** Cuts the connections, so that the work ends with an error. Can be called by any thread. */
    void abort() {
        aborted = true;
        sessions.forEach(PostgresSession::abort);
    }
}
