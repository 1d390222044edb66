// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.leak;

import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LookupCycle;
import io.velo.flink.testkit.cycle.SinkCycle;
import io.velo.flink.testkit.cycle.SourceCycle;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.Driver;

/** Sources, lookup and sink of PostgreSQL leave nothing behind, however often they are opened. */
@Timeout(900)
class PostgresLeaksITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final String table = Cycles.newTable();

    @Test
    void scan() throws Exception {
        fill(1_000);
        Cycles.leaveNothing("postgresql scan", SourceCycle.of(planned(""), Cycles.READ));
    }

    @Test
    void lookup() throws Exception {
        fill(1_000);
        Cycles.leaveNothing("postgresql lookup", LookupCycle.of(planned(""), GenericRowData.of(7)));
    }

    @Test
    void snapshot() throws Exception {
        fill(1_000);
        Cycles.leaveNothing(
                "postgresql snapshot",
                SourceCycle.of(planned("&cdc=true&scan_startup=snapshot"), Cycles.READ));
    }

    @Test
    void capture() throws Exception {
        fill(Cycles.READ);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String update = "UPDATE " + table + " SET name = name || 'y'";
            SourceCycle<?> cycle =
                    SourceCycle.of(planned("&cdc=true&slot_name=" + table), Cycles.READ)
                            .thenChanged(() -> statement.execute(update), Cycles.READ);
            Cycles.leaveNothing(
                    "postgresql capture",
                    () -> {
                        cycle.run();
                        awaitFreeSlot(statement);
                    });
        } finally {
            execute("SELECT pg_drop_replication_slot('" + table + "')");
        }
    }

    /** The server needs a moment to see that the line is closed, and until then no job starts. */
    private void awaitFreeSlot(Statement statement) throws SQLException {
        String active =
                "SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '" + table + "'";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (statement.executeQuery(active).next()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The slot stays in use.");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Test
    void sink() throws Exception {
        execute("CREATE TABLE " + table + " (id int4 PRIMARY KEY, name text)");
        Cycles.leaveNothing("postgresql sink", SinkCycle.of(planned(""), Cycles.rows()));
    }

    private void fill(int rows) throws SQLException {
        execute(
                "CREATE TABLE " + table + " (id int4 PRIMARY KEY, name text)",
                "INSERT INTO " + table + " SELECT i, 'x' FROM generate_series(1, " + rows + ") i");
    }

    private Planning planned(String parameters) {
        PostgresServer server = RequiredServer.postgres();
        return Planning.of(
                        Cycles.KEYED,
                        "postgresql://127.0.0.1:"
                                + server.port()
                                + "/"
                                + server.database()
                                + "?table="
                                + table
                                + parameters)
                .with("username", server.username())
                .with("password", server.password());
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect() throws SQLException {
        PostgresServer server = RequiredServer.postgres();
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        return new Driver().connect(server.jdbcUrl(server.database()), login);
    }
}
