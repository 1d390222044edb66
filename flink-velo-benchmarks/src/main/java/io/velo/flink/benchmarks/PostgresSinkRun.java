// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How fast rows are written on one connection: appended, against {@code psql COPY FROM STDIN} of
 * the same rows in binary form; upserted, half of them over rows that are there, against psql that
 * copies them into a temporary table and inserts them with ON CONFLICT, and against Flink's JDBC
 * connector, which gets a tenth of the rows. The time of a job runs from its first row to its end,
 * so that what Flink needs to make the rows is in it, and what it needs to start a job is not. How
 * fast Flink alone makes them is printed too: no sink can be faster. Flink's materializer of
 * changes, which would cost all of its sinks the same, is off.
 */
final class PostgresSinkRun {

    private static final String NAME = "postgres-sink";

    private static final String COLUMNS =
            "id int8 %s, n int4, name text, amount numeric(12,2), ratio float8, day timestamp,"
                    + " flag bool, note text";

    private static final String FLINK_COLUMNS =
            "id BIGINT NOT NULL, n INT, name STRING, amount DECIMAL(12,2), ratio DOUBLE,"
                    + " `day` TIMESTAMP(6), flag BOOLEAN, note STRING";

    /** The same rows in PostgreSQL's words and in Flink's. */
    private static final String ROWS =
            "SELECT i, (i %% 1000)::int4, 'name ' || i, ((i %% 100000) * 0.01)::numeric(12,2),"
                    + " i / 3.0::float8,"
                    + " timestamp '2024-01-01', i %% 2 = 0, repeat('x', 60) || i"
                    + " FROM generate_series(1::int8, %d) i";

    private static final String FLINK_ROWS =
            "SELECT i, CAST(MOD(i, 1000) AS INT), 'name ' || CAST(i AS STRING),"
                    + " CAST(MOD(i, 100000) * 0.01 AS DECIMAL(12,2)), i / CAST(3.0 AS DOUBLE),"
                    + " TIMESTAMP '2024-01-01 00:00:00', MOD(i, 2) = 0,"
                    + " REPEAT('x', 60) || CAST(i AS STRING) FROM feed";

    private static final String UPSERT =
            "INSERT INTO upserted SELECT * FROM part ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n,"
                    + " name = EXCLUDED.name, amount = EXCLUDED.amount, ratio = EXCLUDED.ratio,"
                    + " day = EXCLUDED.day, flag = EXCLUDED.flag, note = EXCLUDED.note";

    private static final String BLACKHOLE = "'connector'='blackhole'";

    private final BenchmarkDatabase database;
    private final long rows;
    private final Rates rates = new Rates();

    private PostgresSinkRun(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            long rows = effort == Effort.QUICK ? 300_000 : 2_000_000;
            return new PostgresSinkRun(database, rows).measure(effort == Effort.QUICK ? 2 : 3);
        }
    }

    private List<Measurement> measure(int repeats) throws Exception {
        database.execute("CREATE TABLE appended (" + COLUMNS.formatted("") + ")");
        database.execute("CREATE TABLE upserted (" + COLUMNS.formatted("PRIMARY KEY") + ")");
        Path file = Files.createTempFile("velo-rows", ".copy");
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            database.dump(ROWS.formatted(rows), file);
            // Compiled code is what counts.
            append(cluster);
            append(cluster);
            velo(cluster, "upserted");
            for (int i = 0; i < repeats; i++) {
                empty("appended");
                rates.add(
                        "psql COPY FROM",
                        rows,
                        database.load(file, "COPY appended FROM STDIN (FORMAT binary)"));
                rates.add("Flink alone", rows, job(cluster, "appended", rows, BLACKHOLE));
                rates.add("Velo append", rows, append(cluster));
                upserts(cluster, file);
            }
        } finally {
            Files.delete(file);
        }
        return List.of(
                rates.ratio(NAME + ".copy_from", "Velo append", "psql COPY FROM", 0.8),
                rates.ratio(NAME + ".on_conflict", "Velo upsert", "psql COPY, ON CONFLICT", 0.85),
                rates.ratio(NAME + ".jdbc", "Velo upsert", "Flink JDBC upsert", 2),
                rates.ratio(NAME + ".jdbc_rewriting", "Velo upsert", "Flink JDBC, rewriting", 1));
    }

    private Duration append(LocalCluster cluster) throws Exception {
        empty("appended");
        Duration elapsed = velo(cluster, "appended");
        require("appended", rows);
        return elapsed;
    }

    private void upserts(LocalCluster cluster, Path file) throws Exception {
        half();
        rates.add(
                "psql COPY, ON CONFLICT",
                rows,
                database.load(
                        file,
                        "CREATE TEMP TABLE part (" + COLUMNS.formatted("") + ")",
                        "COPY part FROM STDIN (FORMAT binary)",
                        UPSERT));
        half();
        rates.add("Velo upsert", rows, velo(cluster, "upserted"));
        require("upserted", rows);
        half();
        jdbc(cluster, "Flink JDBC upsert", "");
        half();
        jdbc(cluster, "Flink JDBC, rewriting", "?reWriteBatchedInserts=true");
    }

    private void empty(String table) throws Exception {
        database.execute("TRUNCATE " + table);
        database.execute("CHECKPOINT");
    }

    /** Every other row is there. */
    private void half() throws Exception {
        empty("upserted");
        database.execute(
                "INSERT INTO upserted SELECT * FROM ("
                        + ROWS.formatted(rows)
                        + ") r WHERE i % 2 = 0");
        database.execute("VACUUM ANALYZE upserted");
        database.execute("CHECKPOINT");
    }

    private void require(String table, long count) throws Exception {
        String found = database.query("SELECT count(*) FROM " + table);
        if (!found.equals(Long.toString(count))) {
            throw new IllegalStateException("Table " + table + " has " + found + " rows.");
        }
    }

    private Duration velo(LocalCluster cluster, String table) throws Exception {
        String uri = database.uri(table);
        return job(cluster, table, rows, "'connector'='velo', 'uri'='" + uri + "'");
    }

    private void jdbc(LocalCluster cluster, String name, String parameters) throws Exception {
        long fewer = rows / 10;
        String options =
                "'connector'='jdbc', 'url'='"
                        + database.server().jdbcUrl(database.server().database())
                        + parameters
                        + "', 'table-name'='upserted', 'username'='"
                        + database.server().username()
                        + "', 'password'='"
                        + database.server().password()
                        + "', 'sink.buffer-flush.max-rows'='5000'";
        rates.add(name, fewer, job(cluster, "upserted", fewer, options));
        require("upserted", (rows + fewer) / 2);
    }

    private static Duration job(LocalCluster cluster, String table, long count, String options)
            throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.getConfig().set("table.exec.sink.require-on-conflict", "false");
        sql.getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        String key = table.equals("upserted") ? ", PRIMARY KEY (id) NOT ENFORCED" : "";
        sql.executeSql(
                "CREATE TEMPORARY TABLE target ("
                        + FLINK_COLUMNS
                        + key
                        + ") WITH ("
                        + options
                        + ")");
        sql.createTemporaryView(
                "feed",
                sql.fromDataStream(environment.fromSequence(1, count).map(new FirstRow())).as("i"));
        TimedJob.run(sql, "INSERT INTO target " + FLINK_ROWS);
        return Duration.ofNanos(System.nanoTime() - FirstRow.cameAt);
    }

    /** Notes when the first row of a job comes; the cluster is in this JVM. */
    private static final class FirstRow implements MapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private static volatile long cameAt;

        @Override
        public Long map(Long row) {
            if (row == 1) {
                cameAt = System.nanoTime();
            }
            return row;
        }
    }
}
