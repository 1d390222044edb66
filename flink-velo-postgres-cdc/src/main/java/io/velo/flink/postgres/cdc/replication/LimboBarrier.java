// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until everything that a slot leaves out, because it committed before the slot began, is
 * visible to ordinary reads. A transaction that waits for a synchronous standby has committed for
 * the slot and has not for a reader: without the wait its changes would be seen by neither.
 *
 * <p>Not thread-safe, because the session is not.
 */
public final class LimboBarrier {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PostgresSession session;
    private final long deadline;

    /** A barrier that gives up at a value of {@link System#nanoTime}. */
    public LimboBarrier(PostgresSession session, long deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    /** Waits until ordinary reads see what this snapshot of a new slot sees. */
    public void tryPass(ServerSnapshot exported) throws SQLException {
        long[] pending = current().missingFrom(exported);
        while (pending.length > 0) {
            pause("transactions " + Arrays.toString(pending) + " have committed");
            pending = current().missingFrom(exported);
        }
    }

    /** Waits until every transaction that runs now has ended, for a slot that was there before. */
    public void tryPassAll() throws SQLException {
        long first = current().xmax();
        while (current().xmin() < first) {
            pause("transactions run that are older than the capture");
        }
    }

    private ServerSnapshot current() throws SQLException {
        return ServerSnapshot.parse(
                session.texts("SELECT pg_catalog.pg_current_snapshot()::text").get(0));
    }

    private void pause(String what) throws SQLException {
        if (System.nanoTime() > deadline) {
            throw Problem.of(
                            ErrorCode.IO_TIMEOUT,
                            "The slot cannot be used yet: "
                                    + what
                                    + " and are not visible to readers.")
                    .at(session.settings().place())
                    .remedy(
                            "A synchronous standby may be down, or a transaction is left open: see"
                                    + " SELECT pid, state, wait_event, query FROM pg_stat_activity"
                                    + " WHERE backend_xid IS NOT NULL; a longer slot_create_timeout"
                                    + " waits longer.")
                    .toException();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        if (Thread.currentThread().isInterrupted()) {
            throw new SQLException("interrupted", "57014");
        }
    }
}
