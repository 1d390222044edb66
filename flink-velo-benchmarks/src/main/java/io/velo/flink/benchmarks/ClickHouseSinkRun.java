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
import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.target.ClickHouseQueries;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
 * ClickHouse's Java clients write rows. The contestants take turns, round after round, and each
 * counts with its median: what else the machine does meets all of them.
 *
 * <p>A turn lasts from its first row to the last acknowledgement, for Flink to the end of the job:
 * planning and starting a job takes as long as a million rows, however many it has. The server does
 * the same for all: an empty table of its own for each turn, whose parts are not merged meanwhile.
 * Merges go on long after the rows came, and how many of them fall into a turn is chance; yet they
 * would take up to half of the machine. A full run tells the rates beside merges, too.
 *
 * <p>The bodies of the ceiling are not compressed, as is the quickest on one machine, and have as
 * many rows as the server itself puts into a part; Velo runs with {@code compression=none} as well,
 * and with lz4, its default, in blocks of its own size. The clients run at their best: called
 * directly, in a loop without Flink, with inserts as large as Velo's, each with its own default for
 * compression. What Flink alone makes of the same source is told, but no figure.
 */
final class ClickHouseSinkRun {

    private static final String NAME = "clickhouse-sink";
    private static final int ROUNDS = 5;

    /** Of the clients; about as many as Velo's own default puts into a block of these rows. */
    private static final int ROWS_PER_INSERT = 400_000;

    private static final int ROWS_PER_BODY = 1_000_000;
    private static final int BYTES_PER_WRITE = 1 << 17;

    private static final String CEILING = "pre-encoded body";
    private static final String FLINK_ALONE = "Flink alone, no sink";
    private static final String VELO = "Velo";
    private static final String VELO_LZ4 = "Velo, lz4";
    private static final String JDBC = "clickhouse-jdbc";
    private static final String CLIENT = "client-v2";
    private static final String BESIDE_MERGES = ", merging";

    private final ClickHouseServer server;
    private final ClickHouseQueries queries;
    private final LocalCluster cluster;
    private final RowData[] rows = ClickHouseRows.make(MadeRows.DIFFERENT_ROWS);
    private final byte[] body = body();

    private ClickHouseSinkRun(ClickHouseServer server, LocalCluster cluster) {
        this.server = server;
        this.queries = new ClickHouseQueries(server);
        this.cluster = cluster;
    }

    /** One run of a contestant into an empty table. */
    private interface Turn {
        /** Writes that many rows and tells how long it took from the first one on. */
        Duration write(int rows) throws Exception;
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
            return new ClickHouseSinkRun(server, cluster).measure(quick, bytesPerRow);
        }
    }

    private List<Measurement> measure(boolean quick, double bytesPerRow) throws Exception {
        int many = quick ? 10_000_000 : 30_000_000;
        System.out.println("A round that warms up:");
        round(new Rates(), many);
        Rates rates = new Rates();
        for (int i = 1; i <= ROUNDS; i++) {
            System.out.println("Round " + i + ":");
            round(rates, many);
            if (!quick) {
                turn(rates, CEILING + BESIDE_MERGES, many, this::post);
                turn(rates, VELO + BESIDE_MERGES, many, count -> insert("none", count));
            }
        }
        String peer = rates.of(JDBC) > rates.of(CLIENT) ? JDBC : CLIENT;
        return List.of(
                rates.ratio(NAME + ".ceiling_lz4", VELO_LZ4, CEILING, 0.5),
                rates.ratio(NAME + ".best_peer_lz4", VELO_LZ4, peer, 3),
                rates.ratio(NAME + ".ceiling", VELO, CEILING, 0.5),
                rates.ratio(NAME + ".best_peer", VELO, peer, 3),
                new Measurement(NAME + ".bytes_per_row", bytesPerRow, 200));
    }

    private void round(Rates rates, int many) throws Exception {
        turn(rates, CEILING, many, this::post);
        turn(rates, VELO, many, count -> insert("none", count));
        turn(rates, VELO_LZ4, many, count -> insert("lz4", count));
        turn(rates, JDBC, many / 25, this::jdbc);
        turn(rates, CLIENT, many / 4, this::client);
        turn(rates, FLINK_ALONE, many, this::flinkAlone);
    }

    private void turn(Rates rates, String what, int count, Turn turn) throws Exception {
        queries.say("DROP TABLE IF EXISTS t SYNC");
        queries.say(
                "CREATE TABLE t (" + ClickHouseRows.COLUMNS + ") ENGINE = MergeTree ORDER BY id");
        if (!what.endsWith(BESIDE_MERGES)) {
            queries.say("SYSTEM STOP MERGES t");
        }
        rates.add(what, count, turn.write(count));
        String there = queries.say("SELECT count() FROM t").trim();
        String due = what.equals(FLINK_ALONE) ? "0" : Integer.toString(count);
        if (!there.equals(due)) {
            throw new IllegalStateException(what + " left " + there + " rows, not " + due);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private byte[] body() {
        NativeBlockWriter encoder = ClickHouseRows.encoder(Compression.NONE);
        for (int i = 0; i < ROWS_PER_BODY; i++) {
            encoder.append(rows[i % rows.length]);
        }
        return encoder.seal().toBytes();
    }

    private Duration post(int count) throws IOException {
        String query = URLEncoder.encode("INSERT INTO t FORMAT Native", StandardCharsets.UTF_8);
        URL url = new URL(server.httpUrl() + "/?async_insert=0&query=" + query);
        long start = System.nanoTime();
        for (int sent = 0; sent < count; sent += ROWS_PER_BODY) {
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            connection.setRequestProperty("X-ClickHouse-User", server.username());
            connection.setRequestProperty("X-ClickHouse-Key", server.password());
            try (OutputStream out = connection.getOutputStream()) {
                for (int at = 0; at < body.length; at += BYTES_PER_WRITE) {
                    out.write(body, at, Math.min(BYTES_PER_WRITE, body.length - at));
                }
            }
            // Throws if the server refused.
            try (InputStream answer = connection.getInputStream()) {
                answer.readAllBytes();
            }
        }
        return since(start);
    }

    private Duration insert(String compression, int count) throws Exception {
        return job(
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

    private Duration flinkAlone(int count) throws Exception {
        return job(count, "'connector'='blackhole'");
    }

    private Duration job(int count, String target) throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(cluster.environment());
        String create =
                "CREATE TEMPORARY TABLE %s (" + ClickHouseRows.FLINK_COLUMNS + ") WITH (%s)";
        String source = "'connector'='" + MadeRows.NAME + "','count'='" + count + "'";
        tables.executeSql(create.formatted("made", source));
        tables.executeSql(create.formatted("t", target));
        tables.executeSql("INSERT INTO t SELECT * FROM made").await();
        return since(RowPicker.ready());
    }

    private Duration jdbc(int count) throws Exception {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:clickhouse:" + server.httpUrl() + "/default", login);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            long start = System.nanoTime();
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
            return since(start);
        }
    }

    private Duration client(int count) throws Exception {
        try (Client client =
                new Client.Builder()
                        .addEndpoint(server.httpUrl())
                        .setUsername(server.username())
                        .setPassword(server.password())
                        .setDefaultDatabase("default")
                        .build()) {
            TableSchema schema = client.getTableSchema("t");
            long start = System.nanoTime();
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
            return since(start);
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
