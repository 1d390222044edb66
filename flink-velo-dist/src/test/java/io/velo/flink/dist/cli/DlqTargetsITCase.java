// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.Driver;

/** Dead letters in Kafka and in PostgreSQL are counted, looked at and replayed like all others. */
@Timeout(600)
class DlqTargetsITCase {

    private final PostgresServer server = RequiredServer.postgres();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String table = "t_" + suffix;

    @Test
    void bringsRefusedRowsBackFromKafka() throws Exception {
        KafkaServer kafka = RequiredServer.kafka();
        String letters = "kafka://" + kafka.bootstrapServers() + "/letters-" + suffix;

        writeRefusedRows(letters);

        bringsBack(letters);
    }

    @Test
    void bringsRefusedRowsBackFromPostgres() throws Exception {
        String letters = "letters_" + suffix;
        execute(
                "CREATE TABLE "
                        + letters
                        + " (id text PRIMARY KEY, failed_at timestamptz, role text, stage text,"
                        + " category text, code text, message text, attempt int4, uri text,"
                        + " \"table\" text, position text, key bytea, value bytea, headers jsonb,"
                        + " format text, job text)");

        writeRefusedRows(
                uri(server.username() + ":" + server.password() + "@", letters)
                        + "&primary_key=id");

        bringsBack(
                uri("", letters),
                "-o",
                "username=" + server.username(),
                "-o",
                "password=" + server.password());
    }

    /** Three rows, of which the server takes one. */
    private void writeRefusedRows(String letters) throws Exception {
        execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, name varchar(3))");
        try (LocalCluster cluster =
                LocalCluster.start(1, 2, Map.of("restart-strategy.type", "none"))) {
            StreamTableEnvironment sql = StreamTableEnvironment.create(cluster.environment());
            sql.getConfig().set("table.exec.sink.require-on-conflict", "false");
            sql.executeSql(
                    "CREATE TABLE t (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH"
                            + " ('connector' = 'velo', 'uri' = '"
                            + uri("", table)
                            + "', 'username' = '"
                            + server.username()
                            + "', 'password' = '"
                            + server.password()
                            + "', 'failure.strategy' = 'send-to-dlq', 'dlq.uri' = '"
                            + letters
                            + "')");
            sql.executeSql("INSERT INTO t VALUES (1, 'one'), (2, 'two and'), (3, 'three')").await();
        }
        assertThat(rows()).containsExactly("1 one");
    }

    private void bringsBack(String letters, String... options) throws Exception {
        String[] from =
                Stream.concat(Stream.of(letters), Stream.of(options)).toArray(String[]::new);
        CommandRun count = run("count", from);
        assertThat(count.exitCode()).as(count.err()).isZero();
        assertThat(count.out())
                .contains("sink", "validation", "VELO-SCH-005")
                .endsWith("2 dead letters\n");
        CommandRun list = run("list", from, "--code", "VELO-SCH-005");
        assertThat(list.out()).contains("two and", "three").hasLineCount(3);

        execute("ALTER TABLE " + table + " ALTER name TYPE text");
        CommandRun replay =
                run(
                        "replay",
                        from,
                        "--into",
                        uri("", table),
                        "--into-option",
                        "username=" + server.username(),
                        "--into-option",
                        "password=" + server.password());

        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(replay.out()).isEqualTo("2 rows written\n");
        assertThat(rows()).containsExactly("1 one", "2 two and", "3 three");
    }

    private static CommandRun run(String command, String[] from, String... more) {
        return CommandRun.of(
                Stream.of(Stream.of("dlq", command), Stream.of(from), Stream.of(more))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private String uri(String login, String relation) {
        return "postgresql://"
                + login
                + "127.0.0.1:"
                + server.port()
                + "/"
                + server.database()
                + "?table="
                + relation;
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT id || ' ' || name FROM " + table + " ORDER BY id")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        return new Driver().connect(server.jdbcUrl(server.database()), login);
    }
}
