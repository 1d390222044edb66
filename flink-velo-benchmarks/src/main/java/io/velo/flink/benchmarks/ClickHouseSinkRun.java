// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.RowBinaryFormatWriter;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.data.ClickHouseFormat;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.target.ClickHouseQueries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Rows per second into a MergeTree through Flink SQL at parallelism 1, against the server's own
 * speed for the same rows in one body that was encoded before, and against the two ways in which
 * ClickHouse's Java clients write rows. Each is the median of three turns, taken one after another.
 *
 * <p>The bodies of the ceiling are not compressed, as is the quickest on one machine; Velo runs
 * with {@code compression=none} as well, and with lz4, its default. The clients run at their best:
 * called directly, in a loop without Flink, with inserts as large as Velo's, each with its own
 * default for compression. What Flink alone makes of the same source is told, but no figure.
 */
final class ClickHouseSinkRun {

    private static final int TURNS = 3;

    /** Of the clients; about as many as Velo's own default puts into a block of these rows. */
    private static final int ROWS_PER_INSERT = 400_000;

    private static final String FLINK_ALONE = "Flink alone, into a black hole";

    private final ClickHouseServer server;
    private final ClickHouseQueries queries;
    private final RowData[] rows = ClickHouseRows.make(MadeRows.DIFFERENT_ROWS);

    private ClickHouseSinkRun(ClickHouseServer server) {
        this.server = server;
        this.queries = new ClickHouseQueries(server);
    }

    private interface Turn {
        void write(int rows) throws Exception;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        boolean quick = effort == Effort.QUICK;
        double bytesPerRow = allocation(quick);
        try (ClickHouseServer server = ClickHouseServer.create();
                LocalCluster cluster =
                        LocalCluster.start(
                                1,
                                1,
                                Map.of(
                                        "parallelism.default", "1",
                                        "pipeline.object-reuse", "true"))) {
            server.start();
            return new ClickHouseSinkRun(server).measure(cluster, quick, bytesPerRow);
        }
    }

    private List<Measurement> measure(LocalCluster cluster, boolean quick, double bytesPerRow)
            throws Exception {
        int many = quick ? 10_000_000 : 30_000_000;
        int few = many / 10;
        SealedBlock body = body(1_000_000);
        double ceiling = median("pre-encoded body", many, count -> post(body, count));
        median(FLINK_ALONE, many, count -> flinkAlone(cluster, count));
        double velo = median("Velo", many, count -> insert(cluster, "none", count));
        double packed = median("Velo, lz4", many, count -> insert(cluster, "lz4", count));
        double jdbc = median("clickhouse-jdbc", few, this::jdbc);
        double client = median("client-v2", few, this::client);
        double peer = Math.max(jdbc, client);
        return List.of(
                new Measurement("clickhouse-sink.ceiling_lz4", packed / ceiling, 0.5),
                new Measurement("clickhouse-sink.best_peer_lz4", packed / peer, 3),
                new Measurement("clickhouse-sink.ceiling", velo / ceiling, 0.5),
                new Measurement("clickhouse-sink.best_peer", velo / peer, 3),
                new Measurement("clickhouse-sink.bytes_per_row", bytesPerRow, 200));
    }

    private double median(String what, int count, Turn turn) throws Exception {
        double[] rates = new double[TURNS];
        for (int i = -1; i < TURNS; i++) {
            queries.say("DROP TABLE IF EXISTS t SYNC");
            queries.say(
                    "CREATE TABLE t ("
                            + ClickHouseRows.COLUMNS
                            + ") ENGINE = MergeTree ORDER BY id");
            long start = System.nanoTime();
            turn.write(count);
            double rate = count / ((System.nanoTime() - start) / 1e9);
            String there = queries.say("SELECT count() FROM t").trim();
            boolean kept = !what.equals(FLINK_ALONE);
            if (kept && !there.equals(Integer.toString(count))) {
                throw new IllegalStateException(what + " left " + there + " rows of " + count);
            }
            if (i >= 0) {
                // The turn before them warms up.
                rates[i] = rate;
                System.out.printf("%s: %.0f rows/s%n", what, rate);
            }
        }
        Arrays.sort(rates);
        return rates[TURNS / 2];
    }

    private SealedBlock body(int count) {
        NativeBlockWriter encoder = ClickHouseRows.encoder(Compression.NONE);
        for (int i = 0; i < count; i++) {
            encoder.append(rows[i % rows.length]);
        }
        return encoder.seal();
    }

    private void post(SealedBlock body, int count) throws IOException, InterruptedException {
        String query = URLEncoder.encode("INSERT INTO t FORMAT Native", StandardCharsets.UTF_8);
        byte[] bytes = body.toBytes();
        HttpClient client = HttpClient.newHttpClient();
        for (int sent = 0; sent < count; sent += body.rows()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    server.httpUrl()
                                                            + "/?async_insert=0&query="
                                                            + query))
                                    .header("X-ClickHouse-User", server.username())
                                    .header("X-ClickHouse-Key", server.password())
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        }
    }

    private void insert(LocalCluster cluster, String compression, int count) throws Exception {
        job(
                cluster,
                count,
                "'connector'='velo','uri'='clickhouse://127.0.0.1:"
                        + server.port()
                        + "/default?table=t&compression="
                        + compression
                        + "','username'='"
                        + server.username()
                        + "','password'='"
                        + server.password()
                        + "'");
    }

    private static void flinkAlone(LocalCluster cluster, int count) throws Exception {
        job(cluster, count, "'connector'='blackhole'");
    }

    private static void job(LocalCluster cluster, int count, String target) throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(cluster.environment());
        String create =
                "CREATE TEMPORARY TABLE %s (" + ClickHouseRows.FLINK_COLUMNS + ") WITH (%s)";
        String source = "'connector'='" + MadeRows.NAME + "','count'='" + count + "'";
        tables.executeSql(create.formatted("made", source));
        tables.executeSql(create.formatted("t", target));
        tables.executeSql("INSERT INTO t SELECT * FROM made").await();
    }

    private void jdbc(int count) throws Exception {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:clickhouse:" + server.httpUrl() + "/default", login);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < count; i++) {
                Object[] values = values(rows[i % rows.length]);
                for (int column = 0; column < values.length; column++) {
                    insert.setObject(column + 1, values[column]);
                }
                insert.addBatch();
                if ((i + 1) % ROWS_PER_INSERT == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void client(int count) throws Exception {
        try (Client client =
                new Client.Builder()
                        .addEndpoint(server.httpUrl())
                        .setUsername(server.username())
                        .setPassword(server.password())
                        .setDefaultDatabase("default")
                        .build()) {
            TableSchema schema = client.getTableSchema("t");
            for (int sent = 0; sent < count; sent += ROWS_PER_INSERT) {
                int from = sent;
                int to = Math.min(count, sent + ROWS_PER_INSERT);
                client.insert(
                                "t",
                                out -> {
                                    RowBinaryFormatWriter writer =
                                            new RowBinaryFormatWriter(
                                                    out, schema, ClickHouseFormat.RowBinary);
                                    for (int i = from; i < to; i++) {
                                        Object[] values = values(rows[i % rows.length]);
                                        for (int column = 0; column < values.length; column++) {
                                            writer.setValue(column + 1, values[column]);
                                        }
                                        writer.commitRow();
                                    }
                                },
                                ClickHouseFormat.RowBinary,
                                new InsertSettings())
                        .get(5, TimeUnit.MINUTES)
                        .close();
            }
        }
    }

    /** What a program that writes a Flink row through a Java client has to make of it. */
    private static Object[] values(RowData row) {
        return new Object[] {
            row.getLong(0),
            row.getInt(1),
            row.getString(2).toString(),
            row.getDecimal(3, 12, 2).toBigDecimal(),
            row.getDouble(4),
            Instant.ofEpochMilli(row.getTimestamp(5, 3).getMillisecond()).atZone(ZoneOffset.UTC),
            LocalDate.ofEpochDay(row.getInt(6)),
            row.getBoolean(7),
            row.isNullAt(8) ? null : row.getString(8).toString()
        };
    }

    private static double allocation(boolean quick) throws Exception {
        RunResult result =
                new Runner(
                                new OptionsBuilder()
                                        .include(ClickHouseEncodeBenchmark.class.getName())
                                        .forks(1)
                                        .warmupIterations(quick ? 2 : 5)
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(quick ? 3 : 5)
                                        .measurementTime(TimeValue.seconds(1))
                                        .addProfiler(GCProfiler.class)
                                        .shouldFailOnError(true)
                                        .build())
                        .runSingle();
        System.out.printf("encode: %.0f rows/s%n", result.getPrimaryResult().getScore());
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }
}
