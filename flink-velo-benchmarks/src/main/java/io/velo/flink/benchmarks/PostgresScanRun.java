// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How fast a table is read once: Velo through Flink into {@code blackhole}, against {@code COPY …
 * TO STDOUT (FORMAT binary)} drained by psql or pgjdbc, and against Flink's JDBC connector, which
 * reads by cursor with 1024 rows at a time. All read the same columns, those that the JDBC
 * connector knows; times are those of whole jobs.
 */
final class PostgresScanRun {

    private static final String NAME = "postgres-scan";
    private static final String COPY = PostgresDrain.copier() + " COPY x1";
    private static final String COLUMNS = "id, n, name, amount, ratio, day, flag, note";
    private static final String DECLARED =
            "id BIGINT, n INT, name STRING, amount DECIMAL(12, 2), ratio DOUBLE,"
                    + " `day` TIMESTAMP(6), flag BOOLEAN, note STRING";

    private final BenchmarkDatabase database;
    private final long rows;
    private final Rates rates = new Rates();

    private PostgresScanRun(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            long rows = effort == Effort.QUICK ? 1_000_000 : 5_000_000;
            return new PostgresScanRun(database, rows).measure();
        }
    }

    private List<Measurement> measure() throws Exception {
        database.fill("big", rows);
        String velo = "'connector'='velo', 'uri'='" + database.uri("big") + "'";
        String jdbc =
                database.jdbcOptions("big")
                        + ", 'scan.fetch-size'='1024', 'scan.auto-commit'='false'";
        String copy = "COPY big (" + COLUMNS + ") TO STDOUT (FORMAT binary)";
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            // Compiled code is what counts.
            job(cluster, velo, 1);
            job(cluster, jdbc, 1);
            for (int i = 0; i < 3; i++) {
                rates.add(COPY, rows, new PostgresDrain(database).copies(List.of(copy)));
                rates.add("Velo x1", rows, job(cluster, velo, 1));
                rates.add("Velo x2", rows, job(cluster, velo, 2));
                rates.add("JDBC connector x1", rows, job(cluster, jdbc, 1));
            }
        }
        return List.of(
                rates.ratio(NAME + ".copy", "Velo x1", COPY, 0.7),
                rates.ratio(NAME + ".copy_x2", "Velo x2", COPY, 0.7),
                rates.ratio(NAME + ".jdbc", "Velo x1", "JDBC connector x1", 3));
    }

    private static Duration job(LocalCluster cluster, String options, int parallelism)
            throws Exception {
        return TimedJob.ofScan(cluster, DECLARED, options, parallelism);
    }
}
