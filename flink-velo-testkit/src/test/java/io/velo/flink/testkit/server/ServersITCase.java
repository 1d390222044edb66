// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.fault.Await;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers, each with its own requests. */
class ServersITCase {

    @TempDir Path work;

    @Test
    void postgresKeepsCommitsOverKillAndRestart() throws Exception {
        PostgresServer server = PostgresServer.create(work);
        ServerLife.of(server)
                .writing(
                        () -> {
                            ask(server, "CREATE TABLE t AS SELECT 42 AS n");
                            ask(
                                    server,
                                    "SELECT pg_create_logical_replication_slot('s', 'pgoutput')");
                        })
                .reading(
                        () -> {
                            assertThat(ask(server, "SELECT n FROM t")).isEqualTo("42");
                            assertThat(ask(server, "SELECT slot_name FROM pg_replication_slots"))
                                    .isEqualTo("s");
                        })
                .run();
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void everyPostgresVersionCanBeHad(PostgresVersion version) throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create(work, version))) {
            assertThat(ask(server, "SHOW server_version_num"))
                    .startsWith(version.name().substring(1));
            assertThat(ask(server, "SHOW wal_level")).isEqualTo("logical");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void postgresRefusesAWrongPassword() {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create(work))) {
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            server.jdbcUrl("velo"), server.username(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
        }
    }

    @Test
    void kafkaKeepsRecordsOverKillAndRestart() throws Exception {
        KafkaServer server = KafkaServer.create(work);
        ServerLife.of(server)
                .writing(() -> KafkaTalk.send(server, "flights", "first"))
                .reading(
                        () -> {
                            Await.untilHolds(
                                    () -> assertThat(KafkaTalk.topics(server)).contains("flights"));
                            assertThat(KafkaTalk.read(server, "flights")).containsExactly("first");
                        })
                .run();
    }

    @Test
    void redisKeepsWritesOverKillAndRestart() throws Exception {
        RedisServer server = RedisServer.create(work);
        ServerLife.of(server)
                .writing(
                        () ->
                                assertThat(RedisTalk.say(server.port(), "SET greeting hello"))
                                        .isEqualTo("+OK"))
                .reading(
                        () ->
                                assertThat(RedisTalk.say(server.port(), "GET greeting"))
                                        .isEqualTo("hello"))
                .run();
    }

    @Test
    void redisWithAPasswordAsksForIt() throws Exception {
        try (RedisServer server =
                RequiredServer.started(RedisServer.createWithPassword("open-sesame"))) {
            assertThat(RedisTalk.say(server.port(), "PING")).startsWith("-NOAUTH");
            assertThat(RedisTalk.say(server.port(), "AUTH wrong")).startsWith("-WRONGPASS");
            assertThat(RedisTalk.say(server.port(), "AUTH " + server.password(), "PING"))
                    .isEqualTo("+PONG");
        }
    }

    @Test
    void aPausedServerTakesConnectionsButDoesNotAnswerUntilItGoesOn() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create(work))) {
            server.pause();
            assertThat(server.isRunning()).isTrue();
            assertThatThrownBy(() -> RedisTalk.say(server.port(), "PING"))
                    .isInstanceOf(SocketTimeoutException.class);
            server.resume();
            assertThat(RedisTalk.say(server.port(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void clickHouseKeepsInsertsOverKillAndRestart() throws Exception {
        ClickHouseServer server = ClickHouseServer.create(work);
        ServerLife.of(server)
                .writing(
                        () -> {
                            assertThat(
                                            ClickHouseTalk.say(
                                                    server,
                                                    server.password(),
                                                    "CREATE TABLE t (n Int32) ENGINE = MergeTree"
                                                            + " ORDER BY n"))
                                    .isEmpty();
                            assertThat(
                                            ClickHouseTalk.say(
                                                    server,
                                                    server.password(),
                                                    "INSERT INTO t VALUES (42)"))
                                    .isEmpty();
                        })
                .reading(
                        () ->
                                assertThat(
                                                ClickHouseTalk.say(
                                                        server,
                                                        server.password(),
                                                        "SELECT n FROM t"))
                                        .isEqualTo("42"))
                .run();
    }

    @Test
    void clickHouseRefusesAWrongPassword() throws Exception {
        try (ClickHouseServer server = RequiredServer.started(ClickHouseServer.create(work))) {
            assertThat(ClickHouseTalk.say(server, "wrong", "SELECT 1")).contains("Code: 516");
        }
    }

    @Test
    void aServerThatDiedByItselfIsNoticedAndCanBeStartedAgain() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create(work))) {
            long pid = server.pids().get(0);
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(Eventually.isTrue(() -> !server.isRunning())).isTrue();
            server.start();
            assertThat(RedisTalk.say(server.port(), "PING")).isEqualTo("+PONG");
        }
        assertThat(ProcessTable.mentioning(work.toString())).isEmpty();
    }

    @Test
    void aServerThatCannotStartShowsTheEndOfItsLog() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create(work))) {
            server.kill();
            Files.writeString(
                    server.folder().resolve("data/appendonlydir/appendonly.aof.manifest"), "bad");
            assertThatThrownBy(server::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("redis server on port " + server.port())
                    .hasMessageContaining("ended while it was starting")
                    .hasMessageContaining("manifest");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void sharedServersAreTheSameForEverybodyAndRunAgainAfterAnAccident() throws Exception {
        RedisServer server = RequiredServer.redis();
        assertThat(RequiredServer.redis()).isSameAs(server);
        server.kill();
        assertThat(SharedServers.get(RedisServer.class)).isSameAs(server);
        assertThat(RedisTalk.say(server.port(), "PING")).isEqualTo("+PONG");
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(server.database()),
                                server.username(),
                                server.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }
}
