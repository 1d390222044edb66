// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.Debezium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How fast a table is read before its changes: Velo through Flink into {@code blackhole}, against
 * {@code COPY … TO STDOUT (FORMAT binary)} drained by psql on as many connections, and against
 * Debezium's embedded engine. Velo's time is that of the whole job; Debezium's is from its first
 * row to its last.
 */
final class PostgresSnapshotRun {

    private static final String NAME = "postgres-snapshot";
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final BenchmarkDatabase database;
    private final long rows;
    private final Rates rates = new Rates();

    private PostgresSnapshotRun(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            long rows = effort == Effort.QUICK ? 500_000 : 5_000_000;
            return new PostgresSnapshotRun(database, rows).measure(effort);
        }
    }

    private List<Measurement> measure(Effort effort) throws Exception {
        database.fill("small", rows / 10);
        database.fill("big", rows);
        int repeats = effort == Effort.QUICK ? 2 : 3;
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            // Compiled code is what counts; each parallelism has a plan of its own.
            long small = heapOf(cluster, "small", 2);
            job(cluster, "small", 1);
            for (int i = 0; i < repeats; i++) {
                for (int connections = 1; connections <= 2; connections++) {
                    rates.add("psql COPY x" + connections, rows, copy(connections));
                    rates.add("Velo x" + connections, rows, job(cluster, "big", connections));
                }
            }
            long big = heapOf(cluster, "big", 2);
            System.out.printf(
                    "Heap after collections: %d MB with %,d rows, %d MB with %,d rows%n",
                    small, rows / 10, big, rows);
        }
        rates.add(
                "Debezium " + Debezium.VERSION,
                Debezium.of(database.server(), database.server().database())
                        .reading("public.big")
                        .with("publication.autocreate.mode", "filtered")
                        .count(rows, LIMIT)
                        .perSecond());
        return List.of(
                rates.ratio(NAME + ".copy_x1", "Velo x1", "psql COPY x1", 0.7),
                rates.ratio(NAME + ".copy_x2", "Velo x2", "psql COPY x2", 0.7),
                rates.ratio(NAME + ".debezium", "Velo x1", "Debezium " + Debezium.VERSION, 6));
    }

    private Duration copy(int connections) throws Exception {
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            copies.add(
                    "COPY (SELECT * FROM big WHERE id > %d AND id <= %d) TO STDOUT (FORMAT binary)"
                            .formatted(i * rows / connections, (i + 1) * rows / connections));
        }
        return database.drain(connections == 1 ? List.of(WHOLE) : copies);
    }

    private static final String WHOLE = "COPY big TO STDOUT (FORMAT binary)";

    private long heapOf(LocalCluster cluster, String table, int parallelism) throws Exception {
        System.gc();
        try (HeapPeak peak = new HeapPeak()) {
            job(cluster, table, parallelism);
            return peak.megabytes();
        }
    }

    private Duration job(LocalCluster cluster, String table, int parallelism) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(parallelism);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        sql.executeSql("USE CATALOG velo");
        sql.executeSql(
                "CREATE TEMPORARY TABLE source WITH ('connector'='velo', 'uri'='"
                        + database.uri(table, "scan_startup=snapshot&changelog=upsert")
                        + "')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target WITH ('connector'='blackhole') LIKE source"
                        + " (EXCLUDING OPTIONS)");
        return TimedJob.run(sql, "INSERT INTO target SELECT * FROM source");
    }
}
