// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * How long after its commit a change leaves the source, at 10,000 changes per second in
 * transactions of 20 rows. Server and job share one clock.
 */
final class PostgresLatencyRun {

    private static final int CHANGES_PER_SECOND = 10_000;
    private static final int ROWS_PER_TRANSACTION = 20;
    private static final ConcurrentLinkedQueue<Integer> MICROSECONDS =
            new ConcurrentLinkedQueue<>();

    private final BenchmarkDatabase database;
    private final Duration length;

    PostgresLatencyRun(BenchmarkDatabase database, Duration length) {
        this.database = database;
        this.length = length;
    }

    double p99Milliseconds() throws Exception {
        MICROSECONDS.clear();
        database.execute(BenchmarkDatabase.TABLE.formatted("steady"));
        try (LocalCluster cluster =
                LocalCluster.start(1, 2, Map.of("execution.checkpointing.interval", "1 s"))) {
            StreamExecutionEnvironment environment = cluster.environment();
            environment.setParallelism(1);
            StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
            sql.executeSql(
                    "CREATE TEMPORARY TABLE source (id BIGINT, committed TIMESTAMP_LTZ(6) METADATA"
                            + " FROM 'op_ts' VIRTUAL, PRIMARY KEY (id) NOT ENFORCED)"
                            + " WITH ('connector'='velo', 'uri'='"
                            + database.uri("steady", "scan_startup=latest&changelog=append")
                            + "')");
            sql.toDataStream(sql.sqlQuery("SELECT committed FROM source"))
                    .map(new Lateness())
                    .sinkTo(new DiscardingSink<>());
            JobClient job = environment.executeAsync("latency");
            try {
                warmUp(job);
                long written = write(length);
                awaitAll(job, written);
            } finally {
                job.cancel().get();
            }
        }
        return report();
    }

    /** Writes until changes come through, and for a while to get code compiled. */
    private void warmUp(JobClient job) throws Exception {
        while (MICROSECONDS.isEmpty()) {
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                job.getJobExecutionResult().get();
            }
            write(Duration.ofMillis(100));
        }
        write(Duration.ofSeconds(10));
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        MICROSECONDS.clear();
    }

    private static void awaitAll(JobClient job, long written) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (MICROSECONDS.size() < written) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Only " + MICROSECONDS.size() + " of " + written + " changes came.");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static double report() {
        try (Stream<Integer> all = MICROSECONDS.stream()) {
            List<Integer> sorted = all.sorted().toList();
            double p50 = sorted.get(sorted.size() / 2) / 1e3;
            double p99 = sorted.get(sorted.size() * 99 / 100) / 1e3;
            double worst = sorted.get(sorted.size() - 1) / 1e3;
            System.out.printf(
                    Locale.ROOT,
                    "Commit to emit, %,d changes: p50 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
                    sorted.size(),
                    p50,
                    p99,
                    worst);
            return p99;
        }
    }

    private final AtomicLong next = new AtomicLong();

    private long write(Duration duration) throws Exception {
        long begin = System.nanoTime();
        long transactions = duration.toMillis() * CHANGES_PER_SECOND / ROWS_PER_TRANSACTION / 1_000;
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                ("INSERT INTO steady SELECT "
                                                + BenchmarkDatabase.ROW
                                                + " FROM generate_series(?::int8, ?::int8) i")
                                        .replace("%%", "%"))) {
            for (long i = 0; i < transactions; i++) {
                long due = begin + i * 1_000_000_000L * ROWS_PER_TRANSACTION / CHANGES_PER_SECOND;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long first = next.getAndAdd(ROWS_PER_TRANSACTION);
                statement.setLong(1, first);
                statement.setLong(2, first + ROWS_PER_TRANSACTION - 1);
                statement.execute();
            }
        }
        double rate = transactions * ROWS_PER_TRANSACTION / ((System.nanoTime() - begin) / 1e9);
        if (duration.toSeconds() > 1 && rate < 0.95 * CHANGES_PER_SECOND) {
            System.out.printf(Locale.ROOT, "Written at %,.0f changes/s only%n", rate);
        }
        return transactions * ROWS_PER_TRANSACTION;
    }

    /** Notes how long ago a change was committed. */
    private static final class Lateness implements MapFunction<Row, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer map(Row row) {
            Instant committed = row.getFieldAs(0);
            Duration late = Duration.between(committed, Instant.now());
            MICROSECONDS.add((int) (late.toNanos() / 1_000));
            return 0;
        }
    }
}
