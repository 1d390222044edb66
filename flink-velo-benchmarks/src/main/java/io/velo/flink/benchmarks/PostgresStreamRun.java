// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.Debezium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * How fast a backlog of changes in transactions of 50 rows is read: Velo through Flink into {@code
 * blackhole}, against readers that throw away what a slot of the same content gives them with the
 * same options of the protocol, and against Debezium's embedded engine. Times are from the first
 * change to the last. Then how late changes are at a steady rate.
 *
 * <p>One such reader is pg_recvlogical, where it is installed, without a file to write and without
 * fsync. It is no ceiling: it wakes up for each message, which holds up the server that sends it.
 * The ceiling is pgjdbc, which lets messages gather for as long as Velo does.
 *
 * <p>Changes come as {@code changelog=append}: before {@code blackhole} Flink would keep the rows
 * of an upsert changelog in its state, and that would be what is measured.
 */
final class PostgresStreamRun {

    private static final String NAME = "postgres-stream";
    private static final int ROWS_PER_TRANSACTION = 50;
    private static final int WARM_UP = 300_000;
    private static final int REPEATS = 3;
    private static final String DRAIN = "pgjdbc, thrown away";
    private static final String RECEIVER = "pg_recvlogical";
    private static final String DEBEZIUM = "Debezium " + Debezium.VERSION;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final BenchmarkDatabase database;
    private final long changes;
    private final Rates rates = new Rates();
    private long written;

    private PostgresStreamRun(BenchmarkDatabase database, Effort effort) {
        this.database = database;
        this.changes = effort == Effort.QUICK ? 500_000 : 5_000_000;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
            PostgresStreamRun run = new PostgresStreamRun(database, effort);
            List<Measurement> ratios = run.backlog();
            Duration length = Duration.ofSeconds(effort == Effort.QUICK ? 10 : 60);
            double p99 = new PostgresLatencyRun(database, length).p99Milliseconds();
            ratios.add(new Measurement(NAME + ".latency_150ms", 150 / p99, 1));
            return ratios;
        }
    }

    private List<Measurement> backlog() throws Exception {
        database.execute(BenchmarkDatabase.TABLE.formatted("stream"));
        database.execute("CREATE PUBLICATION bench FOR TABLE stream");
        Map<String, String> settings = new HashMap<>(RowCounts.settings());
        settings.put("execution.checkpointing.interval", "1 s");
        settings.put("pipeline.object-reuse", "true");
        try (LocalCluster cluster = LocalCluster.start(1, 2, settings)) {
            warmUp(cluster);
            createSlot("debezium");
            for (int i = 0; i < REPEATS; i++) {
                createSlot("drain_" + i);
                createSlot("receive_" + i);
                createSlot("velo_" + i);
            }
            String end = write(changes);
            for (int i = 0; i < REPEATS; i++) {
                drain(i, end);
                rates.add("Velo", job(cluster, "velo_" + i, changes));
            }
        }
        rates.add(
                DEBEZIUM,
                Debezium.of(database.server(), database.server().database())
                        .streaming("debezium", "bench")
                        .count(changes, LIMIT)
                        .perSecond());
        List<Measurement> ratios = new ArrayList<>();
        ratios.add(rates.ratio(NAME + ".drain", "Velo", DRAIN, 0.85));
        if (PostgresDrain.hasReceiver()) {
            ratios.add(rates.ratio(NAME + ".recvlogical", "Velo", RECEIVER, 0.85));
        }
        ratios.add(rates.ratio(NAME + ".debezium", "Velo", DEBEZIUM, 1.7));
        return ratios;
    }

    private void drain(int i, String end) throws Exception {
        PostgresDrain drain = new PostgresDrain(database);
        rates.add(DRAIN, changes, drain.slotByDriver("drain_" + i, "bench", end));
        if (PostgresDrain.hasReceiver()) {
            rates.add(RECEIVER, changes, drain.slotByProgram("receive_" + i, "bench", end));
        }
    }

    /** Compiled code is what counts. */
    private void warmUp(LocalCluster cluster) throws Exception {
        createSlot("receive_first");
        createSlot("velo_first");
        String end = write(WARM_UP);
        new PostgresDrain(database).slotByDriver("receive_first", "bench", end);
        job(cluster, "velo_first", WARM_UP);
    }

    private void createSlot(String name) throws Exception {
        database.execute("SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    /** Writes so many changes; returns where the log is behind them. */
    private String write(long rows) throws Exception {
        database.execute(
                ("DO $$ BEGIN FOR t IN %d..%d LOOP INSERT INTO stream SELECT "
                                + BenchmarkDatabase.ROW
                                + " FROM generate_series(t * %d + 1, (t + 1) * %d) i; COMMIT;"
                                + " END LOOP; END $$")
                        .formatted(
                                written / ROWS_PER_TRANSACTION,
                                (written + rows) / ROWS_PER_TRANSACTION - 1,
                                ROWS_PER_TRANSACTION,
                                ROWS_PER_TRANSACTION));
        written += rows;
        return database.query("SELECT pg_current_wal_lsn()");
    }

    /** Changes per second from the first that was seen to the last. */
    private double job(LocalCluster cluster, String slot, long rows) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        sql.executeSql("USE CATALOG velo");
        sql.executeSql(
                "CREATE TEMPORARY TABLE source WITH ('connector'='velo', 'uri'='"
                        + database.uri(
                                "stream",
                                "scan_startup=committed&changelog=append&publication_name=bench"
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
            long last = await(job, rows);
            return (rows - firstRows) / ((last - first) / 1e9);
        } finally {
            job.cancel().get();
            while (!job.getJobStatus().get().isGloballyTerminalState()) {
                LockSupport.parkNanos(10_000_000);
            }
            RowCounts.forget();
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
