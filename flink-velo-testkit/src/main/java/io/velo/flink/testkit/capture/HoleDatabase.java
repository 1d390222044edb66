// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The database of a {@link HoleRun}: one table, every second id of which is taken. */
final class HoleDatabase implements AutoCloseable {

    private static final Duration RELEASE = Duration.ofSeconds(60);

    private final PostgresServer server;
    private final String name;
    private final HoleRun run;
    private final Connection watching;

    private HoleDatabase(PostgresServer server, String name, HoleRun run) throws SQLException {
        this.server = server;
        this.name = name;
        this.run = run;
        try (Connection connection = connect(server.database())) {
            HoleRun.execute(connection, "CREATE DATABASE " + name);
            // Only the transactions of the run wait for the standby, which does not exist.
            HoleRun.execute(
                    connection, "ALTER DATABASE " + name + " SET synchronous_commit = local");
        }
        watching = connect();
    }

    static HoleDatabase create(PostgresServer server, HoleRun run) throws SQLException {
        HoleDatabase database = new HoleDatabase(server, "holes_" + System.nanoTime(), run);
        HoleRun.execute(
                database.watching,
                "CREATE TABLE "
                        + HoleRun.TABLE
                        + " (id int8 PRIMARY KEY, v text, filling text);"
                        + "INSERT INTO "
                        + HoleRun.TABLE
                        + " SELECT i * 2, 'old', repeat('x', 60) FROM generate_series(1, "
                        + (run.transactions() * HoleRun.IDS_PER_TRANSACTION / 2)
                        + ") i; ANALYZE "
                        + HoleRun.TABLE
                        + "; CREATE TABLE noise (n int8); INSERT INTO noise VALUES (0)");
        if (run.hole() == HoleRun.Hole.HELD_BACK) {
            database.setStandby("nosuch");
        }
        return database;
    }

    private void setStandby(String standby) throws SQLException {
        HoleRun.execute(watching, "ALTER SYSTEM SET synchronous_standby_names = '" + standby + "'");
        HoleRun.execute(watching, "SELECT pg_reload_conf()");
    }

    /** Lets all that waits for the standby go on. */
    void releaseHeldBack() throws SQLException {
        if (run.hole() == HoleRun.Hole.HELD_BACK) {
            setStandby("");
        }
    }

    Connection connect() throws SQLException {
        return connect(name);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(database), server.username(), server.password());
    }

    String uri() {
        return server.uri(
                name,
                "table="
                        + HoleRun.TABLE
                        + "&cdc=true&changelog=append&snapshot_chunk_bytes=32kb&snapshot_strategy="
                        + run.strategy());
    }

    /** Whether the job's slot has reached the point from which it delivers everything. */
    boolean hasSlot() {
        return number(
                        "SELECT count(*) FROM pg_replication_slots WHERE database ="
                                + " current_database() AND confirmed_flush_lsn IS NOT NULL")
                > 0;
    }

    /** Whether this session's commit waits for the standby. */
    boolean waitsForStandby(long processId) {
        return number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND"
                                + " pid = "
                                + processId)
                > 0;
    }

    /** Where the log ends now. */
    long logEnd() {
        return number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }

    private synchronized long number(String query) {
        try (Statement statement = watching.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    void insert(long id) throws SQLException {
        HoleRun.execute(
                watching, "INSERT INTO " + HoleRun.TABLE + " VALUES (" + id + ", 'marker')");
    }

    /** All rows. */
    Map<Long, String> rows() throws SQLException {
        Map<Long, String> rows = new TreeMap<>();
        try (Statement statement = watching.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, v FROM " + HoleRun.TABLE)) {
            while (result.next()) {
                rows.put(result.getLong(1), result.getString(2));
            }
        }
        return rows;
    }

    /** Lets another session commit changes of another table until closed, so the log grows. */
    AutoCloseable commitAllTheTime() throws SQLException {
        Connection connection = connect();
        AtomicBoolean closing = new AtomicBoolean();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!closing.get()) {
                                    HoleRun.execute(connection, "UPDATE noise SET n = n + 1");
                                    LockSupport.parkNanos(1_000_000);
                                }
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "velo-hole-noise");
        thread.start();
        return () -> {
            closing.set(true);
            thread.join();
            connection.close();
        };
    }

    @Override
    public void close() throws SQLException {
        releaseHeldBack();
        watching.close();
        long deadline = System.nanoTime() + RELEASE.toNanos();
        try (Connection connection = connect(server.database())) {
            while (true) {
                try {
                    HoleRun.execute(
                            connection,
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                                    + " WHERE database = '"
                                    + name
                                    + "'");
                    break;
                } catch (SQLException e) {
                    // The walsender of the cancelled job may take a moment.
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
            HoleRun.execute(connection, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
