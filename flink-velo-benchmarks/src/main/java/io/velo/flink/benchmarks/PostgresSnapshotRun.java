// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.Debezium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How fast a table is read before its changes: Velo through Flink into {@code blackhole}, against
 * {@code COPY … TO STDOUT (FORMAT binary)} drained on as many connections, and against Debezium's
 * embedded engine. Velo's time is that of the whole job; Debezium's is from its first row to its
 * last. Then how much of the heap lives at most while a table is read, and one of ten times the
 * rows.
 */
final class PostgresSnapshotRun {

    private static final String NAME = "postgres-snapshot";
    private static final String COPY = PostgresDrain.copier() + " COPY x";
    private static final String DEBEZIUM = "Debezium " + Debezium.VERSION;
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
            long rows = effort == Effort.QUICK ? 2_000_000 : 5_000_000;
            return new PostgresSnapshotRun(database, rows).measure();
        }
    }

    private List<Measurement> measure() throws Exception {
        database.fill("small", rows / 10);
        database.fill("big", rows);
        // Rows need not be copied between operators that leave them as they are.
        Map<String, String> settings = Map.of("pipeline.object-reuse", "true");
        Measurement flat;
        try (LocalCluster cluster = LocalCluster.start(1, 2, settings)) {
            // Compiled code is what counts; each parallelism has a plan of its own.
            job(cluster, "big", 1);
            job(cluster, "small", 2);
            for (int i = 0; i < 3; i++) {
                for (int connections = 1; connections <= 2; connections++) {
                    rates.add(COPY + connections, rows, copy(connections));
                    rates.add("Velo x" + connections, rows, job(cluster, "big", connections));
                }
            }
            flat = heap(cluster);
        }
        rates.add(
                DEBEZIUM,
                Debezium.of(database.server(), database.server().database())
                        .reading("public.big")
                        .with("publication.autocreate.mode", "filtered")
                        .count(rows, LIMIT)
                        .perSecond());
        return List.of(
                rates.ratio(NAME + ".copy_x1", "Velo x1", COPY + 1, 0.7),
                rates.ratio(NAME + ".copy_x2", "Velo x2", COPY + 2, 0.7),
                flat,
                rates.ratio(NAME + ".debezium", "Velo x1", DEBEZIUM, 6));
    }

    /**
     * The heap with a tenth of the rows, of that with all: 1 if it does not depend on them. The
     * small table is read ten times, so that both are looked at about as often.
     */
    private Measurement heap(LocalCluster cluster) throws Exception {
        double small = heapOf(cluster, "small", 10);
        double big = heapOf(cluster, "big", 1);
        return new Measurement(NAME + ".heap_flat", small / big, 0.8);
    }

    private Duration copy(int connections) throws Exception {
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            copies.add(
                    "COPY (SELECT * FROM big WHERE id > %d AND id <= %d) TO STDOUT (FORMAT binary)"
                            .formatted(i * rows / connections, (i + 1) * rows / connections));
        }
        return new PostgresDrain(database).copies(connections == 1 ? List.of(WHOLE) : copies);
    }

    private static final String WHOLE = "COPY big TO STDOUT (FORMAT binary)";

    private double heapOf(LocalCluster cluster, String table, int times) throws Exception {
        try (HeapPeak peak = HeapPeak.start()) {
            for (int i = 0; i < times; i++) {
                job(cluster, table, 2);
            }
            System.out.printf(
                    Locale.ROOT,
                    "Heap that lives at most, %s table: %.0f MB, looked at %d times%n",
                    table,
                    peak.megabytes(),
                    peak.looks());
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
                        + database.uri(table, "scan_startup=snapshot")
                        + "')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target WITH ('connector'='blackhole') LIKE source"
                        + " (EXCLUDING OPTIONS)");
        return TimedJob.run(sql, "INSERT INTO target SELECT * FROM source");
    }
}
