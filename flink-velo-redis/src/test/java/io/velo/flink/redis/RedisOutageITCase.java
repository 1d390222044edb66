// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What happens while a server is away: for the one who cancels, and for the one who waits. */
class RedisOutageITCase {

    /** Less than what is left of the 10 s after which a reply counts as lost. */
    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(8);

    private final Sql sql = Sql.streaming();
    private RedisServer server;

    @BeforeEach
    void start() {
        server = RequiredServer.started(RedisServer.create());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void numbers(int rowsPerSecond) throws Exception {
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT, p AS PROCTIME()) WITH"
                        + " ('connector'='datagen', 'rows-per-second'='"
                        + rowsPerSecond
                        + "', 'fields.n.kind'='sequence', 'fields.n.start'='1',"
                        + " 'fields.n.end'='1000000')");
    }

    private void table(RedisServer other, String parameters) throws Exception {
        sql.run(
                "CREATE TEMPORARY TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                        + " 'uri'='"
                        + other.uri()
                        + "?key_pattern=r:{id}&type=hash"
                        + parameters
                        + "')");
    }

    private static String joined() {
        return "SELECT n, name FROM numbers LEFT JOIN t FOR SYSTEM_TIME AS OF numbers.p AS t ON"
                + " MOD(n, 10) = t.id";
    }

    @Test
    void aSinkIsCancelledWhileTheServerIsSilent() throws Exception {
        numbers(1000);
        table(server, "&batch_timeout=50ms");
        JobClient job =
                sql.tables()
                        .executeSql("INSERT INTO t SELECT n, 'x' FROM numbers")
                        .getJobClient()
                        .orElseThrow();
        Eventually.within(
                Duration.ofSeconds(60), () -> assertThat(keys(server)).isGreaterThan(100));
        server.pause();
        // Longer than a batch, shorter than the time after which a reply counts as lost.
        TimeUnit.SECONDS.sleep(1);

        assertCancelsSoon(job);
        server.resume();
    }

    @Test
    void aLookupIsCancelledWhileTheServerIsSilent() throws Exception {
        numbers(1000);
        table(server, "");
        TableResult result = sql.tables().executeSql(joined());
        JobClient job = result.getJobClient().orElseThrow();
        try (CloseableIterator<Row> rows = result.collect()) {
            rows.next();
            server.pause();
            TimeUnit.SECONDS.sleep(1);

            assertCancelsSoon(job);
        }
        server.resume();
    }

    @Test
    void asksAnotherServerWhileItsOwnIsAway() throws Exception {
        try (RedisServer replica = RequiredServer.started(RedisServer.create())) {
            for (RedisServer each : new RedisServer[] {server, replica}) {
                try (Jedis redis = new Jedis(each.host(), each.port())) {
                    for (int id = 0; id < 10; id++) {
                        redis.hset("r:" + id, "name", each == server ? "own" : "replica");
                    }
                }
            }
            numbers(500);
            table(server, "&fallback_uris=" + replica.uri());

            Set<String> names = new HashSet<>();
            try (CloseableIterator<Row> rows = sql.tables().executeSql(joined()).collect()) {
                names.add((String) rows.next().getField(1));
                assertThat(names).containsExactly("own");
                server.kill();
                while (names.size() < 2) {
                    names.add((String) rows.next().getField(1));
                }
            }
            assertThat(names).containsExactlyInAnyOrder("own", "replica");
        }
    }

    @Test
    void givesNoRowWhileTheBreakerIsOpen() throws Exception {
        try (Jedis redis = new Jedis(server.host(), server.port())) {
            for (int id = 0; id < 10; id++) {
                redis.hset("r:" + id, "name", "own");
            }
        }
        numbers(500);
        table(
                server,
                "&circuit_breaker_enabled=true&circuit_breaker_failures=3"
                        + "&circuit_breaker_open_time=300ms&lookup_on_open=skip");

        try (CloseableIterator<Row> rows = sql.tables().executeSql(joined()).collect()) {
            assertThat(rows.next().getField(1)).isEqualTo("own");
            server.kill();
            Row row = rows.next();
            while (row.getField(1) != null) {
                row = rows.next();
            }
            server.start();
            try (Jedis redis = new Jedis(server.host(), server.port())) {
                for (int id = 0; id < 10; id++) {
                    redis.hset("r:" + id, "name", "again");
                }
            }
            while (!"again".equals(row.getField(1))) {
                row = rows.next();
            }
        }
    }

    @Test
    void aSinkWithABreakerWaitsAndLosesNothing() throws Exception {
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + " 'rows-per-second'='1000', 'fields.n.kind'='sequence',"
                        + " 'fields.n.start'='1', 'fields.n.end'='4000')");
        table(
                server,
                "&batch_timeout=20ms&circuit_breaker_enabled=true&circuit_breaker_failures=2"
                        + "&circuit_breaker_open_time=500ms");
        TableResult job = sql.tables().executeSql("INSERT INTO t SELECT n, 'x' FROM numbers");
        Eventually.within(
                Duration.ofSeconds(60), () -> assertThat(keys(server)).isGreaterThan(500));
        server.kill();
        server.start();

        job.await(4, TimeUnit.MINUTES);
        assertThat(keys(server)).isEqualTo(4000);
    }

    private static long keys(RedisServer server) {
        try (Jedis redis = new Jedis(server.host(), server.port())) {
            return redis.dbSize();
        }
    }

    private static void assertCancelsSoon(JobClient job) throws Exception {
        long start = System.nanoTime();
        job.cancel();
        assertThat(job.getJobExecutionResult()).failsWithin(CANCELLED_WITHIN);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CANCELLED_WITHIN);
    }
}
