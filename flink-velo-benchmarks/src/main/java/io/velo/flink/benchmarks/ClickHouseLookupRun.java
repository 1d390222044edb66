// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How many keys a lookup join looks up per second at parallelism 1 without a cache, against one
 * query for each key: the way of connectors that do not gather keys. Those queries are sent by the
 * same HTTP client over connections that stay open, {@value #QUERIES_UNDER_WAY} at once, without
 * Flink. Every key is asked for once, in no order. At 10,000 keys per second it is told how long a
 * row takes from where it was made to behind the join.
 */
final class ClickHouseLookupRun {

    private static final String NAME = "clickhouse-lookup";
    private static final int QUERIES_UNDER_WAY = 8;

    /** A prime that does not divide the number of rows, so that every key comes once. */
    private static final long STEP = 7919;

    private static final String KEYS =
            "CREATE TEMPORARY TABLE numbers (i BIGINT, pt AS PROCTIME()) WITH"
                    + " ('connector'='datagen', 'fields.i.kind'='sequence', 'fields.i.start'='1',"
                    + " 'fields.i.end'='%d', 'rows-per-second'='100000000')";

    private final BenchmarkClickHouse clickhouse;
    private final boolean quick;
    private final long rows;
    private final Rates rates = new Rates();

    private ClickHouseLookupRun(BenchmarkClickHouse clickhouse, boolean quick) {
        this.clickhouse = clickhouse;
        this.quick = quick;
        this.rows = quick ? 500_000 : 2_000_000;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkClickHouse clickhouse = BenchmarkClickHouse.start()) {
            return new ClickHouseLookupRun(clickhouse, effort == Effort.QUICK).measure();
        }
    }

    private List<Measurement> measure() throws Exception {
        clickhouse.fill("big", rows);
        String velo = clickhouse.veloOptions("big", "");
        long few = quick ? 5_000 : 20_000;
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            // Compiled code is what counts.
            job(cluster, velo, rows / 8);
            oneByOne(few / 5);
            for (int i = 0; i < 3; i++) {
                rates.add("Velo", rows / 2, job(cluster, velo, rows / 2));
                rates.add("one query per key", few, oneByOne(few));
            }
            new LookupLatencyRun(cluster, velo, rows, Duration.ofSeconds(quick ? 5 : 30)).report();
        }
        return List.of(rates.ratio(NAME + ".per_key", "Velo", "one query per key", 20));
    }

    private Duration job(LocalCluster cluster, String options, long keys) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.getConfig().set("table.exec.async-lookup.buffer-capacity", "4000");
        sql.executeSql(KEYS.formatted(keys));
        sql.executeSql(
                "CREATE TEMPORARY TABLE big ("
                        + ClickHouseRows.FLINK_COLUMNS
                        + ") WITH ("
                        + options
                        + ")");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target (id BIGINT, name STRING, amount DECIMAL(12, 2)) WITH"
                        + " ('connector'='blackhole')");
        return TimedJob.run(
                sql,
                "INSERT INTO target SELECT b.id, b.name, b.amount FROM (SELECT MOD(i * "
                        + STEP
                        + ", "
                        + rows
                        + ") AS id, pt FROM numbers) AS o JOIN big FOR SYSTEM_TIME AS OF o.pt AS b"
                        + " ON o.id = b.id");
    }

    private Duration oneByOne(long keys) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore places = new Semaphore(QUERIES_UNDER_WAY);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        long start = System.nanoTime();
        for (long i = 1; i <= keys; i++) {
            places.acquire();
            String sql =
                    "SELECT id, name, amount FROM big WHERE id = "
                            + i * STEP % rows
                            + " FORMAT Native";
            answers.add(
                    client.sendAsync(clickhouse.query(sql), HttpResponse.BodyHandlers.ofByteArray())
                            .whenComplete((answer, failure) -> places.release())
                            .thenAccept(ClickHouseLookupRun::check));
        }
        answers.forEach(CompletableFuture::join);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void check(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200 || answer.body().length == 0) {
            throw new java.io.UncheckedIOException(new IOException("A key was not found."));
        }
    }
}
