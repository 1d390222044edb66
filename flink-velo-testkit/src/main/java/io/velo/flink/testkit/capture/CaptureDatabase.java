// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.debezium.Debezium;
import io.velo.flink.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A database of its own with one random table, in which a slot keeps the whole history for
 * Debezium. Closing it drops it with all its slots.
 */
final class CaptureDatabase implements AutoCloseable {

    private static final int FIRST_ROWS = 2_000;
    private static final int ROWS_PER_STATEMENT = 250;
    private static final String SLOT_PREFIX = "oracle_";
    private static final String READERS =
            "SELECT 1 FROM pg_stat_activity WHERE datname = ? AND application_name = 'velo'"
                    + " AND backend_start > ? AND (backend_type = 'walsender'"
                    + " OR query LIKE 'COPY %' AND state = 'active')";
    private static final Duration HISTORY = Duration.ofMinutes(30);
    private static final Duration RELEASE = Duration.ofSeconds(60);

    private final PostgresServer server;
    private final String name;
    private final CapturedTable table;

    private CaptureDatabase(PostgresServer server, String name, CapturedTable table) {
        this.server = server;
        this.name = name;
        this.table = table;
    }

    /** Makes the database, then the slot, then the first rows. */
    static CaptureDatabase create(PostgresServer server, CapturedTable table, long seed)
            throws SQLException {
        CaptureDatabase database =
                new CaptureDatabase(server, "capture_" + System.nanoTime(), table);
        database.execute(server.database(), "CREATE DATABASE " + database.name);
        database.execute(table.create());
        database.execute(
                "SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
        database.fill(new SplittableRandom(seed));
        return database;
    }

    private void fill(SplittableRandom random) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < FIRST_ROWS; i++) {
            rows.add(table.row(i, random));
            if (rows.size() == ROWS_PER_STATEMENT) {
                execute(table.upsert(rows));
                rows.clear();
            }
        }
    }

    private String slot() {
        return SLOT_PREFIX + name;
    }

    CapturedTable table() {
        return table;
    }

    /** The URI under which a job captures the table. */
    String uri(String parameters) {
        return server.uri(name, "table=" + CapturedTable.NAME + "&cdc=true&" + parameters);
    }

    /** Writes the first row again. */
    void touch() throws SQLException {
        execute(table.upsert(List.of(table.row(0, new SplittableRandom(1)))));
    }

    /** Writes the last row of all, and returns its key. */
    String mark() throws SQLException {
        execute(table.upsert(List.of(table.row(RandomWriter.MARKER, new SplittableRandom(1)))));
        return rows(" WHERE " + table.whereKey(RandomWriter.MARKER)).keySet().iterator().next();
    }

    /** All rows by their keys. */
    Map<String, String> rows() throws SQLException {
        return rows("");
    }

    private Map<String, String> rows(String where) throws SQLException {
        Map<String, String> rows = new LinkedHashMap<>();
        int keys = table.keys().size();
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(table.select() + where)) {
            while (result.next()) {
                List<String> texts = new ArrayList<>();
                for (int i = 1; i <= table.columns().size(); i++) {
                    texts.add(result.getString(i));
                }
                rows.put(
                        RowText.of(texts.subList(0, keys)),
                        RowText.of(texts.subList(keys, texts.size())));
            }
        }
        return rows;
    }

    /** All changes from the table's beginning to the row with this key, as Debezium sees them. */
    List<SeenChange> history(String marker) {
        History history = new History(table);
        List<SeenChange> changes = new ArrayList<>();
        Debezium.of(server, name)
                .streaming(slot(), "oracle")
                .eachUntil(
                        change -> {
                            SeenChange seen = history.next(change);
                            if (seen != null) {
                                changes.add(seen);
                            }
                            return seen != null && seen.key().equals(marker);
                        },
                        HISTORY);
        return changes;
    }

    /**
     * Whether somebody reads the table's rows or changes for a job, over a connection since then.
     */
    boolean isReadSince(Instant moment) throws SQLException {
        try (Connection connection = connect(server.database());
                PreparedStatement statement = connection.prepareStatement(READERS)) {
            statement.setString(1, name);
            statement.setTimestamp(2, Timestamp.from(moment));
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    Connection connect() throws SQLException {
        return connect(name);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(database), server.username(), server.password());
    }

    private void execute(String sql) throws SQLException {
        execute(name, sql);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        dropSlots();
        execute(server.database(), "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private void dropSlots() throws SQLException {
        String ours = " FROM pg_replication_slots WHERE database = '" + name + "'";
        long deadline = System.nanoTime() + RELEASE.toNanos();
        while (true) {
            try {
                execute(
                        server.database(),
                        "SELECT pg_terminate_backend(active_pid)"
                                + ours
                                + " AND active_pid IS NOT NULL");
                execute(server.database(), "SELECT pg_drop_replication_slot(slot_name)" + ours);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }
}
