// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * How fast a table is read once: Velo through Flink SQL into {@code blackhole}, against the same
 * columns in {@code FORMAT Native} that a plain client takes over HTTP and throws away, and against
 * a loop over a result set of clickhouse-jdbc that gets every value, without Flink. The ceiling is
 * taken by the JDK's client that blocks, which needs the least CPU time, and once more by its
 * {@code HttpClient}. It is not compressed, as is the quickest on one machine; Velo runs with
 * {@code compression=none} as well, and with lz4, its default. Times are those of whole jobs.
 */
final class ClickHouseScanRun {

    private static final String NAME = "clickhouse-scan";
    private static final String QUERY =
            "SELECT id, n, name, amount, ratio, at, day, flag, note FROM big";

    private final BenchmarkClickHouse clickhouse;
    private final long rows;
    private final Rates rates = new Rates();

    private ClickHouseScanRun(BenchmarkClickHouse clickhouse, long rows) {
        this.clickhouse = clickhouse;
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkClickHouse clickhouse = BenchmarkClickHouse.start()) {
            long rows = effort == Effort.QUICK ? 10_000_000 : 40_000_000;
            return new ClickHouseScanRun(clickhouse, rows).measure();
        }
    }

    private List<Measurement> measure() throws Exception {
        clickhouse.fill("big", rows);
        String plain = clickhouse.veloOptions("big", "&compression=none");
        String packed = clickhouse.veloOptions("big", "&compression=lz4");
        long few = rows / 10;
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            // Compiled code is what counts.
            job(cluster, plain, 1);
            job(cluster, packed, 1);
            jdbc(few);
            for (int i = 0; i < 3; i++) {
                rates.add("FORMAT Native to nowhere", rows, drain());
                rates.add("the same by HttpClient", rows, drainByHttpClient());
                rates.add("Velo x1", rows, job(cluster, plain, 1));
                rates.add("Velo x2", rows, job(cluster, plain, 2));
                rates.add("Velo x1, lz4", rows, job(cluster, packed, 1));
                rates.add("clickhouse-jdbc", few, jdbc(few));
            }
        }
        return List.of(
                rates.ratio(NAME + ".ceiling_lz4", "Velo x1, lz4", "FORMAT Native to nowhere", 0.6),
                rates.ratio(NAME + ".ceiling_x2", "Velo x2", "FORMAT Native to nowhere", 0.6),
                rates.ratio(NAME + ".httpclient", "Velo x1", "the same by HttpClient", 0.6),
                rates.ratio(NAME + ".ceiling", "Velo x1", "FORMAT Native to nowhere", 0.6),
                rates.ratio(NAME + ".jdbc", "Velo x1", "clickhouse-jdbc", 4));
    }

    private static Duration job(LocalCluster cluster, String options, int parallelism)
            throws Exception {
        return TimedJob.ofScan(cluster, ClickHouseRows.FLINK_COLUMNS, options, parallelism);
    }

    private Duration drain() throws IOException {
        long start = System.nanoTime();
        HttpRequest request = clickhouse.query(QUERY + " FORMAT Native");
        HttpURLConnection answer = (HttpURLConnection) request.uri().toURL().openConnection();
        request.headers()
                .map()
                .forEach((name, values) -> answer.setRequestProperty(name, values.get(0)));
        return drained(answer.getInputStream(), start);
    }

    private Duration drainByHttpClient() throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient()
                        .send(
                                clickhouse.query(QUERY + " FORMAT Native"),
                                HttpResponse.BodyHandlers.ofInputStream());
        return drained(answer.body(), start);
    }

    private Duration drained(InputStream answer, long start) throws IOException {
        byte[] buffer = new byte[1 << 17];
        long bytes = 0;
        try (InputStream body = answer) {
            for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                bytes += got;
            }
        }
        if (bytes < rows * 40) {
            throw new IOException("The server sent " + bytes + " bytes only.");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Duration jdbc(long count) throws SQLException {
        long start = System.nanoTime();
        long seen = 0;
        try (Connection connection = clickhouse.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY + " WHERE id < " + count)) {
            while (result.next()) {
                seen += touch(result);
            }
        }
        if (seen < count) {
            throw new IllegalStateException("clickhouse-jdbc read " + seen + " rows only.");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Gets every value in the type that comes nearest to Flink's; at least 1. */
    private static int touch(ResultSet row) throws SQLException {
        int seen = 1;
        seen += row.getLong(1) < 0 ? 1 : 0;
        seen += row.getInt(2) < 0 ? 1 : 0;
        seen += row.getString(3).isEmpty() ? 1 : 0;
        seen += row.getBigDecimal(4).signum() < 0 ? 1 : 0;
        seen += row.getDouble(5) < 0 ? 1 : 0;
        seen += row.getObject(6, OffsetDateTime.class) == null ? 1 : 0;
        seen += row.getObject(7, LocalDate.class) == null ? 1 : 0;
        seen += row.getBoolean(8) && row.getString(9) != null ? 1 : 0;
        return seen;
    }
}
