// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** One transaction of a {@link HoleRun}. Its steps are taken one after the other. */
final class HoleTransaction implements AutoCloseable {

    private static final long LONGEST_DELAY_NANOS = 300_000_000;

    private final HoleDatabase database;
    private final HoleRun.Hole hole;
    private final long delayNanos;
    private final long first;
    private final Connection connection;
    private final long processId;

    private Thread commit;
    private long changed;
    private volatile SQLException failure;

    HoleTransaction(HoleDatabase database, int number, HoleRun run) throws SQLException {
        this.database = database;
        this.hole = run.hole();
        this.delayNanos =
                new SplittableRandom(run.seed() * run.transactions() + number)
                        .nextLong(LONGEST_DELAY_NANOS);
        this.first = (long) number * HoleRun.IDS_PER_TRANSACTION + HoleRun.IDS_PER_TRANSACTION / 2;
        this.connection = database.connect();
        HoleRun.execute(connection, "SET synchronous_commit = on");
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            processId = result.getLong(1);
        }
        connection.setAutoCommit(false);
    }

    /** A row that it leaves alone, next to those that it changes. */
    long neighbour() {
        return first + 2;
    }

    /** The row that it deletes. */
    long deleted() {
        return first + 6;
    }

    /** Where the log was when its changes, or its commit, had been written. */
    long changed() {
        return changed;
    }

    /** Changes rows, and commits if the standby keeps the commit from being seen. */
    void change() throws SQLException {
        String table = HoleRun.TABLE;
        HoleRun.execute(
                connection,
                "INSERT INTO "
                        + table
                        + " VALUES ("
                        + (first + 1)
                        + ", 'inserted');"
                        + "UPDATE "
                        + table
                        + " SET v = 'updated' WHERE id = "
                        + (first + 4)
                        + ";"
                        + "DELETE FROM "
                        + table
                        + " WHERE id = "
                        + deleted()
                        + ";"
                        + "UPDATE "
                        + table
                        + " SET id = "
                        + (first + 9)
                        + " WHERE id = "
                        + (first + 8));
        if (hole == HoleRun.Hole.HELD_BACK) {
            commit = new Thread(this::commit, "velo-held-back");
            commit.start();
            while (commit.isAlive() && !database.waitsForStandby(processId)) {
                LockSupport.parkNanos(500_000);
            }
        }
        changed = database.logEnd();
    }

    /** The snapshot has read past it: lets it commit, somewhat later. */
    void end() {
        if (hole == HoleRun.Hole.OPEN) {
            LockSupport.parkNanos(delayNanos);
            commit();
        }
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** Waits until it has committed for all to see. */
    void join() throws SQLException, InterruptedException {
        if (commit != null) {
            commit.join();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
