// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisFailureITCase {

    private static final String CANARY = "VELOCANARY";
    private static final int ROWS = 6000;

    private final Sql sql = Sql.streaming();

    @Test
    void losesNoRowWhenTheServerIsKilledWhileItIsWritten() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create())) {
            numbers();
            sql.run(
                    "CREATE TEMPORARY TABLE t (id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED)"
                            + " WITH ('connector'='velo', 'uri'='"
                            + server.uri()
                            + "?key_pattern=r:{id}&type=hash&batch_size=50&batch_timeout=20ms')");

            TableResult job =
                    sql.tables()
                            .executeSql(
                                    "INSERT INTO t SELECT MOD(n, 1000), MAX(n) FROM numbers GROUP BY"
                                            + " MOD(n, 1000)");
            killAndRestartTwice(server, () -> written(server));

            job.await(4, TimeUnit.MINUTES);
            try (Jedis redis = new Jedis(server.host(), server.port())) {
                assertThat(redis.dbSize()).isEqualTo(1000);
                Map<String, String> wrong = new HashMap<>();
                for (int id = 0; id < 1000; id++) {
                    String n = redis.hget("r:" + id, "n");
                    int last = ROWS - 1000 + id + (id == 0 ? 1000 : 0);
                    if (!String.valueOf(last).equals(n)) {
                        wrong.put("r:" + id, n);
                    }
                }
                assertThat(wrong).isEmpty();
            }
        }
    }

    @Test
    void answersEveryLookupWhenTheServerIsKilledWhileItIsRead() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create())) {
            try (Jedis redis = new Jedis(server.host(), server.port())) {
                for (int id = 0; id < 1000; id++) {
                    redis.hset("r:" + id, "name", "name " + id);
                }
            }
            numbers();
            sql.run(
                    "CREATE TEMPORARY TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                            + " 'uri'='"
                            + server.uri()
                            + "?key_pattern=r:{id}&type=hash')");

            TableResult job =
                    sql.tables()
                            .executeSql(
                                    "SELECT n, name FROM numbers LEFT JOIN t FOR SYSTEM_TIME AS OF"
                                            + " numbers.p AS t ON MOD(n, 1000) = t.id");
            Map<Long, String> names = new ConcurrentHashMap<>();
            try (CloseableIterator<Row> rows = job.collect()) {
                Thread killer = new Thread(() -> killAndRestartTwice(server, names::size));
                killer.start();
                while (rows.hasNext()) {
                    Row row = rows.next();
                    assertThat(names.put((Long) row.getField(0), (String) row.getField(1)))
                            .isNull();
                }
                killer.join();
            }

            assertThat(names).hasSize(ROWS);
            names.forEach((n, name) -> assertThat(name).isEqualTo("name " + n % 1000));
        }
    }

    @Test
    void saysThatThePasswordIsWrongAndNeverPrintsIt() throws Exception {
        try (RedisServer server =
                RequiredServer.started(RedisServer.createWithPassword("right-password"))) {
            String wrong = "'password'='" + CANARY + "'";
            table(server, wrong);

            Throwable sink = catchThrowable(() -> sql.run("INSERT INTO t VALUES (1, 'a')"));
            Throwable lookup = catchThrowable(() -> sql.rows(lookup()));
            table(server, wrong + ", 'validate.connect'='true'");
            Throwable probe = catchThrowable(() -> sql.run("INSERT INTO t VALUES (1, 'a')"));

            for (Throwable thrown : new Throwable[] {sink, lookup, probe}) {
                assertThat(thrown)
                        .hasStackTraceContaining("VELO-IO-002")
                        .hasStackTraceContaining("refuses the user name or the password");
                assertThat(Sql.everythingSaid(thrown)).doesNotContain(CANARY);
            }

            table(server, "'type'='hash'");
            assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (1, 'a')"))
                    .rootCause()
                    .hasMessageContaining("VELO-IO-002")
                    .hasMessageContaining("wants a password");

            table(server, "'password'='right-password'");
            sql.run("INSERT INTO t VALUES (1, 'a')");
        }
    }

    @Test
    void saysWhatAUserMayNotDo() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create());
                Jedis redis = new Jedis(server.host(), server.port())) {
            redis.aclSetUser("reader", "on", ">pw", "~*", "+@read");
            table(server, "'username'='reader', 'password'='pw', 'type'='hash'");

            assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (1, 'a')"))
                    .rootCause()
                    .hasMessageContaining("VELO-IO-003")
                    .hasMessageContaining("'hset'");
            assertThat(sql.rows(lookup())).isEmpty();
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (RedisServer server = RequiredServer.started(RedisServer.create())) {
            port = server.port();
        }
        sql.run(
                "CREATE TEMPORARY TABLE t (id INT, name STRING) WITH ('connector'='velo',"
                        + " 'uri'='redis://127.0.0.1:"
                        + port
                        + "?key_pattern=r:{id}', 'validate.connect'='true')");

        assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (1, 'a')"))
                .hasStackTraceContaining("VELO-IO-001")
                .hasStackTraceContaining(
                        "Redis server 127.0.0.1:" + port + " refused the connection")
                .hasStackTraceContaining("Is the server running");
    }

    @Test
    void waitsForAServerThatStopsAnswering() throws Exception {
        try (RedisServer server = RequiredServer.started(RedisServer.create())) {
            table(server, "'type'='hash'");
            server.pause();
            TableResult job = sql.tables().executeSql("INSERT INTO t VALUES (1, 'a')");
            Eventually.within(
                    Duration.ofSeconds(60),
                    () ->
                            assertThat(job.getJobClient().orElseThrow().getJobStatus().join())
                                    .isEqualTo(JobStatus.RUNNING));
            server.resume();

            job.await(4, TimeUnit.MINUTES);
            try (Jedis redis = new Jedis(server.host(), server.port())) {
                assertThat(redis.hget("r:1", "name")).isEqualTo("a");
            }
        }
    }

    private void table(RedisServer server, String options) throws Exception {
        sql.run("DROP TEMPORARY TABLE IF EXISTS t");
        sql.run(
                "CREATE TEMPORARY TABLE t (id INT, name STRING) WITH ('connector'='velo', 'uri'='"
                        + server.uri()
                        + "?key_pattern=r:{id}', "
                        + options
                        + ")");
    }

    private static String lookup() {
        return "SELECT o.id, t.name FROM (SELECT 5 AS id, PROCTIME() AS p) AS o JOIN t FOR"
                + " SYSTEM_TIME AS OF o.p AS t ON o.id = t.id";
    }

    /** 1 to ROWS, in about four seconds. */
    private void numbers() throws Exception {
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT, p AS PROCTIME()) WITH"
                        + " ('connector'='datagen', 'rows-per-second'='1500',"
                        + " 'fields.n.kind'='sequence', 'fields.n.start'='1', 'fields.n.end'='"
                        + ROWS
                        + "')");
    }

    /** How far the numbers have come: every thousandth of them is written to one key. */
    private static int written(RedisServer server) {
        try (Jedis redis = new Jedis(server.host(), server.port())) {
            String n = redis.hget("r:1", "n");
            return n == null ? 0 : Integer.parseInt(n);
        }
    }

    /** Kills the server after a quarter of the rows, and again after half of them. */
    private static void killAndRestartTwice(RedisServer server, IntSupplier rowsDone) {
        try {
            for (int part = 1; part <= 2; part++) {
                int enough = ROWS * part / 4;
                Eventually.within(
                        Duration.ofSeconds(60),
                        () -> assertThat(rowsDone.getAsInt()).isGreaterThanOrEqualTo(enough));
                server.kill();
                server.start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
