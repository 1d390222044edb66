// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that a sink refuses go to dead letters, are looked at, and come back when it is mended. */
@Timeout(600)
class DlqITCase {

    private static final String LETTER_COLUMNS =
            "(id String, failed_at DateTime64(3, 'UTC'), role String, stage String, category"
                    + " String, code String, message String, attempt Int32, uri String, `table`"
                    + " String, position String, key Nullable(String), value Nullable(String),"
                    + " headers String, format String, job String) ENGINE = MergeTree ORDER BY id";

    private final ClickHouseServer server = RequiredServer.clickhouse();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void bringsRefusedRowsBackFromClickHouse() throws Exception {
        say("CREATE TABLE letters_" + suffix + " " + LETTER_COLUMNS);
        String letters = uri("letters_" + suffix);
        writeRefusedRows(letters);

        String[] from = {letters, "-o", "username=velo", "-o", "password=velo"};
        CommandRun count = run("count", from);
        assertThat(count.exitCode()).as(count.err()).isZero();
        assertThat(count.out()).contains("VELO-SCH-", "sink").endsWith("2 dead letters\n");
        CommandRun list = run("list", from);
        assertThat(list.out()).contains("\"small\":300", "\"small\":301").hasLineCount(3);
        CommandRun json = run("list", from, "--json", "--limit", "1");
        assertThat(json.out()).hasLineCount(1).contains("\"value\":\"{\\\"id\\\":");
        assertThat(run("count", from, "--code", "VELO-IO-001").out()).isEqualTo("0 dead letters\n");

        CommandRun unlike = replay(from, uri("t_" + suffix));
        assertThat(unlike.exitCode()).isEqualTo(1);
        assertThat(unlike.err()).contains("VELO-SCH-").contains("field: at");

        String into = uri("t_" + suffix) + "&columns=id BIGINT, small INT, `at` TIMESTAMP(3)";
        CommandRun early = replay(from, into);
        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err()).contains("VELO-SCH-").contains("small");

        say("ALTER TABLE t_" + suffix + " MODIFY COLUMN small UInt16");
        CommandRun replay = replay(from, into);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(replay.out()).isEqualTo("2 rows written\n");
        assertThat(say("SELECT id, small, at FROM t_" + suffix + " ORDER BY id FORMAT CSV"))
                .isEqualTo(
                        """
                        1,1,"2026-01-02 03:04:05.678"
                        2,300,"2026-01-02 03:04:05.678"
                        3,301,"2026-01-02 03:04:05.678"
                        """);
    }

    private void writeRefusedRows(String letters) throws Exception {
        say(
                "CREATE TABLE t_"
                        + suffix
                        + " (id Int64, small UInt8, at DateTime64(3, 'UTC')) ENGINE = MergeTree"
                        + " ORDER BY id");
        try (LocalCluster cluster =
                LocalCluster.start(1, 2, Map.of("restart-strategy.type", "none"))) {
            StreamTableEnvironment sql = StreamTableEnvironment.create(cluster.environment());
            sql.executeSql(
                    "CREATE TABLE t (id BIGINT, small INT, `at` TIMESTAMP(3)) WITH ('connector' ="
                            + " 'velo', 'uri' = '"
                            + uri("t_" + suffix)
                            + "', 'username' = 'velo', 'password' = 'velo', 'failure.strategy' ="
                            + " 'send-to-dlq', 'dlq.uri' = '"
                            + letters.replace("clickhouse://", "clickhouse://velo:velo@")
                            + "')");
            sql.executeSql(
                            "INSERT INTO t VALUES (1, 1, TIMESTAMP '2026-01-02 03:04:05.678'),"
                                    + " (2, 300, TIMESTAMP '2026-01-02 03:04:05.678'),"
                                    + " (3, 301, TIMESTAMP '2026-01-02 03:04:05.678')")
                    .await();
        }
    }

    private CommandRun replay(String[] from, String into) {
        return run(
                "replay",
                from,
                "--into",
                into,
                "--into-option",
                "username=velo",
                "--into-option",
                "password=velo");
    }

    private static CommandRun run(String command, String[] from, String... more) {
        String[] words = new String[2 + from.length + more.length];
        words[0] = "dlq";
        words[1] = command;
        System.arraycopy(from, 0, words, 2, from.length);
        System.arraycopy(more, 0, words, 2 + from.length, more.length);
        return CommandRun.of(words);
    }

    private String uri(String table) {
        return "clickhouse://127.0.0.1:" + server.port() + "/default?table=" + table;
    }

    private String say(String statement) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.httpUrl()))
                        .header("X-ClickHouse-User", "velo")
                        .header("X-ClickHouse-Key", "velo")
                        .POST(HttpRequest.BodyPublishers.ofString(statement))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
