// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.Debezium;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How fast a backlog of changes in transactions of 50 rows is read: Velo through Flink into {@code
 * blackhole}, against pg_recvlogical, which throws away what the same kind of slot gives it with
 * the same options of the protocol, and against Debezium's embedded engine. Velo's and Debezium's
 * times are from the first change to the last. Then how late changes are at a steady rate.
 */
final class PostgresStreamRun {

    private static final String NAME = "postgres-stream";
    private static final int ROWS_PER_TRANSACTION = 50;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final BenchmarkDatabase database;
    private final long changes;
    private final int repeats;
    private final Rates rates = new Rates();

    private PostgresStreamRun(BenchmarkDatabase database, Effort effort) {
        this.database = database;
        this.changes = effort == Effort.QUICK ? 300_000 : 5_000_000;
        this.repeats = effort == Effort.QUICK ? 2 : 3;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            PostgresStreamRun run = new PostgresStreamRun(database, effort);
            List<Measurement> ratios = run.backlog();
            Duration length = Duration.ofSeconds(effort == Effort.QUICK ? 10 : 60);
            double p99 = new PostgresLatencyRun(database, length).p99Milliseconds();
            return List.of(
                    ratios.get(0),
                    ratios.get(1),
                    new Measurement(NAME + ".latency_150ms", 150 / p99, 1));
        }
    }

    private List<Measurement> backlog() throws Exception {
        database.execute(BenchmarkDatabase.TABLE.formatted("stream"));
        database.execute("CREATE PUBLICATION bench FOR TABLE stream");
        createSlot("debezium");
        for (int i = 0; i <= repeats; i++) {
            createSlot("receive_" + i);
            createSlot("velo_" + i);
        }
        write();
        String end = database.query("SELECT pg_current_wal_lsn()");
        Map<String, String> settings = new HashMap<>(RowCounts.settings());
        settings.put("execution.checkpointing.interval", "1 s");
        try (LocalCluster cluster = LocalCluster.start(1, 2, settings)) {
            // The first of each only warms up: code is compiled, the log is in memory.
            for (int i = 0; i <= repeats; i++) {
                Duration received = database.receive("receive_" + i, "bench", end, true);
                double velo = job(cluster, "velo_" + i);
                if (i > 0) {
                    rates.add("pg_recvlogical", changes, received);
                    rates.add("Velo", velo);
                }
            }
        }
        rates.add(
                "Debezium " + Debezium.VERSION,
                Debezium.of(database.server(), database.server().database())
                        .streaming("debezium", "bench")
                        .count(changes, LIMIT)
                        .perSecond());
        return List.of(
                rates.ratio(NAME + ".recvlogical", "Velo", "pg_recvlogical", 0.85),
                rates.ratio(NAME + ".debezium", "Velo", "Debezium " + Debezium.VERSION, 1.7));
    }

    private void createSlot(String name) throws Exception {
        database.execute("SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    private void write() throws Exception {
        database.execute(
                ("DO $$ BEGIN FOR t IN 0..%d LOOP INSERT INTO stream SELECT "
                                + BenchmarkDatabase.ROW
                                + " FROM generate_series(t * %d + 1, (t + 1) * %d) i; COMMIT;"
                                + " END LOOP; END $$")
                        .formatted(
                                changes / ROWS_PER_TRANSACTION - 1,
                                ROWS_PER_TRANSACTION,
                                ROWS_PER_TRANSACTION));
    }

    /** Changes per second from the first that was seen to the last. */
    private double job(LocalCluster cluster, String slot) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        sql.executeSql("USE CATALOG velo");
        sql.executeSql(
                "CREATE TEMPORARY TABLE source WITH ('connector'='velo', 'uri'='"
                        + database.uri(
                                "stream",
                                "scan_startup=committed&changelog=upsert&publication_name=bench"
                                        + "&slot_name="
                                        + slot)
                        + "')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target WITH ('connector'='blackhole') LIKE source"
                        + " (EXCLUDING OPTIONS)");
        JobClient job =
                sql.executeSql("INSERT INTO target SELECT * FROM source")
                        .getJobClient()
                        .orElseThrow();
        try {
            long first = await(job, 1);
            long firstRows = RowCounts.rows();
            long last = await(job, changes);
            return (changes - firstRows) / ((last - first) / 1e9);
        } finally {
            job.cancel().get();
            while (!job.getJobStatus().get().isGloballyTerminalState()) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static long await(JobClient job, long rows) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (RowCounts.rows() < rows) {
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                job.getJobExecutionResult().get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Only " + RowCounts.rows() + " changes came.");
            }
            LockSupport.parkNanos(5_000_000);
        }
        return System.nanoTime();
    }
}
