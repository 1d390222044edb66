// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How many keys a lookup join looks up per second at parallelism 1 without a cache: Velo against
 * Flink's JDBC connector. Every key is asked for once, in no order. Times are those of whole jobs;
 * each contestant looks up as many keys as keep it busy for some seconds.
 */
final class PostgresLookupRun {

    private static final String NAME = "postgres-lookup";
    private static final String DECLARED = "(id BIGINT, name STRING, amount DECIMAL(12, 2))";

    /** Every number from 1 to the rows once: 7919 is a prime that does not divide them. */
    private static final String ORDERS =
            "CREATE TEMPORARY TABLE numbers (i BIGINT, pt AS PROCTIME()) WITH"
                    + " ('connector'='datagen', 'fields.i.kind'='sequence', 'fields.i.start'='1',"
                    + " 'fields.i.end'='%d', 'rows-per-second'='100000000')";

    private final BenchmarkDatabase database;
    private final long rows;
    private final Rates rates = new Rates();

    private PostgresLookupRun(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            long rows = effort == Effort.QUICK ? 500_000 : 2_000_000;
            return new PostgresLookupRun(database, rows).measure();
        }
    }

    private List<Measurement> measure() throws Exception {
        database.fill("big", rows);
        String velo = "'connector'='velo', 'uri'='" + database.uri("big") + "'";
        String jdbc = database.jdbcOptions("big");
        long few = rows / 10;
        try (LocalCluster cluster = LocalCluster.start(1, 2, Map.of())) {
            job(cluster, velo, few);
            job(cluster, jdbc, few / 10);
            for (int i = 0; i < 3; i++) {
                rates.add("Velo", rows, job(cluster, velo, rows));
                rates.add("JDBC connector", few, job(cluster, jdbc, few));
            }
        }
        return List.of(rates.ratio(NAME + ".jdbc", "Velo", "JDBC connector", 10));
    }

    private Duration job(LocalCluster cluster, String options, long keys) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.getConfig().set("table.exec.async-lookup.buffer-capacity", "4000");
        sql.executeSql(ORDERS.formatted(keys));
        sql.executeSql("CREATE TEMPORARY TABLE big " + DECLARED + " WITH (" + options + ")");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target " + DECLARED + " WITH ('connector'='blackhole')");
        return TimedJob.run(
                sql,
                "INSERT INTO target SELECT b.id, b.name, b.amount FROM"
                        + " (SELECT MOD(i * 7919, "
                        + rows
                        + ") + 1 AS id, pt FROM numbers) AS o JOIN big"
                        + " FOR SYSTEM_TIME AS OF o.pt AS b ON o.id = b.id");
    }
}
