// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.oracle.WorkloadRows;
import io.velo.flink.testkit.oracle.WorkloadSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;

/**
 * A job in a Flink cluster inside this JVM that writes a workload into a table of the velo
 * connector: parallelism 2, a checkpoint each 500 ms. Closing it cancels it. Not thread-safe.
 */
final class SinkJob implements AutoCloseable {

    /** What happens to the job when a task fails. */
    enum OnFailure {
        /** It goes on from the last checkpoint after 200 ms, up to 500 times. */
        RESTART,
        /** It fails. */
        FAIL
    }

    private static final Duration END = Duration.ofSeconds(60);

    /** One that is killed leaves its slots to be had on the other. */
    private static final int TASK_MANAGERS = 2;

    private static final int SLOTS = 2;

    private final LocalCluster cluster;
    private final JobClient client;

    private SinkJob(LocalCluster cluster, JobClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * Submits the job.
     *
     * @param options of the WITH clause
     * @param detour what every row goes through before the sink
     * @throws Exception if the cluster cannot be started or the job cannot be planned
     */
    static SinkJob start(
            WorkloadSource<Row> source,
            Workload.Shape shape,
            Map<String, String> options,
            MapFunction<Row, Row> detour,
            OnFailure onFailure)
            throws Exception {
        LocalCluster cluster = LocalCluster.start(TASK_MANAGERS, SLOTS, settings(onFailure));
        try {
            return new SinkJob(cluster, submit(cluster, source, shape, options, detour));
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static JobClient submit(
            LocalCluster cluster,
            WorkloadSource<Row> source,
            Workload.Shape shape,
            Map<String, String> options,
            MapFunction<Row, Row> detour) {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(2);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        DataStream<Row> rows =
                environment
                        .fromSource(
                                source,
                                WatermarkStrategy.noWatermarks(),
                                "workload",
                                WorkloadRows.typeInformation())
                        .map(detour)
                        .returns(WorkloadRows.typeInformation());
        boolean keyed = shape == Workload.Shape.KEYED;
        Schema.Builder schema = Schema.newBuilder().fromRowDataType(WorkloadRows.dataType());
        if (keyed) {
            schema.primaryKey("id");
        }
        ChangelogMode mode = keyed ? ChangelogMode.all() : ChangelogMode.insertOnly();
        sql.createTemporaryView("workload", sql.fromChangelogStream(rows, schema.build(), mode));
        sql.executeSql(createTable(keyed, options));
        return sql.executeSql("INSERT INTO target SELECT * FROM workload")
                .getJobClient()
                .orElseThrow();
    }

    private static String createTable(boolean keyed, Map<String, String> options) {
        String with =
                options.entrySet().stream()
                        .map(o -> quoted(o.getKey()) + "=" + quoted(o.getValue()))
                        .collect(Collectors.joining(", "));
        return "CREATE TEMPORARY TABLE target ("
                + WorkloadRows.COLUMNS
                + (keyed ? ", PRIMARY KEY (id) NOT ENFORCED" : "")
                + ") WITH ('connector'='velo', "
                + with
                + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Map<String, String> settings(OnFailure onFailure) {
        return Map.of(
                "execution.checkpointing.interval", "500 ms",
                "execution.checkpointing.timeout", "20 s",
                "execution.checkpointing.tolerable-failed-checkpoints", "10000",
                "restart-strategy.type", onFailure == OnFailure.FAIL ? "none" : "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "500",
                "restart-strategy.fixed-delay.delay", "200 ms",
                "table.exec.sink.upsert-materialize", "NONE");
    }

    /** The cluster that runs the job and nothing else. */
    LocalCluster cluster() {
        return cluster;
    }

    /**
     * Waits until the job has finished.
     *
     * @throws ExecutionException if it failed
     * @throws TimeoutException if it takes longer
     */
    void await(Duration limit) throws ExecutionException, TimeoutException, InterruptedException {
        client.getJobExecutionResult().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    JobStatus status() {
        return client.getJobStatus().join();
    }

    /** Asks the job to stop and waits until it has, or has ended before. */
    void cancel(Duration limit) throws TimeoutException, InterruptedException {
        try {
            client.cancel().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException ignored) {
            // It has ended before.
        }
        try {
            await(limit);
        } catch (ExecutionException ignored) {
            // Cancelled or failed: it has ended.
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (!client.getJobExecutionResult().isDone()) {
                cancel(END);
            }
        } finally {
            cluster.close();
        }
    }
}
