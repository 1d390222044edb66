// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.engine.DebeziumEngine;
import io.velo.flink.testkit.fault.Await;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import io.velo.flink.testkit.server.ServerException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link Debezium} on a real server. */
class DebeziumITCase {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static PostgresServer server;

    @BeforeAll
    static void createTables() throws SQLException {
        server = RequiredServer.postgres();
        execute(server.database(), "CREATE DATABASE debezium_test");
        execute(
                "debezium_test",
                "CREATE TABLE t (id int8 PRIMARY KEY, d date, at timestamptz, ts timestamp,"
                        + " n numeric(12,2), b bytea, a int4[], big text);"
                        + "CREATE PUBLICATION p FOR TABLE t");
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        if (server != null) {
            // The server notices some time after the engine's end that nobody reads the slot.
            Await.untilHolds(DebeziumITCase::dropSlot);
            execute("postgres", "DROP DATABASE debezium_test WITH (FORCE)");
        }
    }

    private static void dropSlot() {
        try {
            execute(
                    "postgres",
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE slot_name = 'debezium_test'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(database), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void saysAllChangesOfASlotInOneFormAndCountsRows() throws SQLException {
        execute(
                "debezium_test",
                "SELECT pg_create_logical_replication_slot('debezium_test', 'pgoutput')");
        execute(
                "debezium_test",
                "INSERT INTO t VALUES (1, '2024-02-29', '2024-02-29 13:00:00.5+01',"
                        + " '1969-12-31 23:59:59.999999', 1.50, '\\xcafe', '{1,NULL}', 'a\tb\\')");
        execute("debezium_test", "UPDATE t SET id = 2, big = NULL");
        execute("debezium_test", "TRUNCATE t");
        execute("debezium_test", "INSERT INTO t (id) VALUES (99)");

        Debezium debezium = Debezium.of(server, "debezium_test");
        List<DebeziumChange> changes =
                debezium.streaming("debezium_test", "p")
                        .changesUntil(change -> "99".equals(change.after().get("id")), LIMIT);

        assertThat(changes)
                .extracting(DebeziumChange::operation)
                .extracting(Enum::name)
                .containsExactly("INSERT", "DELETE", "INSERT", "TRUNCATE", "INSERT");
        assertThat(changes.get(0).table()).isEqualTo("public.t");
        assertThat(changes.get(0).after())
                .containsEntry("id", "1")
                .containsEntry("d", "2024-02-29")
                .containsEntry("at", "2024-02-29T12:00:00.500000Z")
                .containsEntry("ts", "1969-12-31T23:59:59.999999")
                .containsEntry("n", "1.50")
                .containsEntry("b", "cafe")
                .containsEntry("a", "{1,null}")
                .containsEntry("big", "a\tb\\");
        assertThat(changes.get(1).before()).containsEntry("id", "1");
        assertThat(changes.get(2).after()).containsEntry("id", "2").containsEntry("big", null);
        assertThat(changes.get(1).transaction()).isEqualTo(changes.get(2).transaction());
        assertThat(debezium.reading("public.t").count(1, LIMIT).changes()).isEqualTo(1);
    }

    @Test
    void saysWhatTheEngineSaidWhenItFails() {
        assertThatThrownBy(
                        () ->
                                Debezium.of(server, "debezium_test")
                                        .streaming("debezium_test", "nowhere")
                                        .with("database.password", "wrong")
                                        .changesUntil(change -> true, LIMIT))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void isCompiledAgainstTheVersionThatRuns() {
        assertThat(DebeziumEngine.class.getProtectionDomain().getCodeSource().getLocation())
                .asString()
                .contains(Debezium.VERSION);
    }
}
