// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;

/**
 * A job that writes numbered rows exactly once while task managers and the server are killed at
 * random moments, and the comparison of the table with what was written.
 *
 * @param name what it is called in messages
 * @param seed of the moments and the victims
 * @param rows how many rows
 * @param rowsPerSecond how fast
 * @param taskManagerKills how often a task manager is killed
 * @param serverKills how often the server is killed
 * @param engine what follows the columns in CREATE TABLE
 * @param marker whether the table gets the marker column
 * @param options more parameters of the URI, each with an ampersand before it
 */
record ExactlyOnceRun(
        String name,
        long seed,
        long rows,
        long rowsPerSecond,
        int taskManagerKills,
        int serverKills,
        String engine,
        boolean marker,
        String options) {

    private static final int TASK_MANAGERS = 3;
    private static final Duration END = Duration.ofMinutes(30);

    /** Runs the job to its end and compares. */
    void run() throws Exception {
        System.out.printf("exactly-once %s seed=%d%n", name, seed);
        try (ClickHouseServer server = RequiredServer.started(ClickHouseServer.create());
                MiniCluster cluster = new MiniCluster(clusterConfiguration())) {
            TestTarget target = TestTarget.on(server);
            target.sql(
                    "CREATE TABLE t (id Int64, v String"
                            + (marker ? ", _velo_txn LowCardinality(String)" : "")
                            + ") "
                            + engine);
            cluster.start();
            JobClient job = submit(cluster, target);
            kill(job, cluster, server);
            job.getJobExecutionResult().get(END.toMinutes(), TimeUnit.MINUTES);
            String all = Long.toString(rows);
            assertThat(
                            target.sql(
                                    "SELECT count(), uniqExact(id), min(id), max(id), countIf(v !="
                                            + " concat('row ', toString(id))) FROM t"))
                    .as("%s, seed %d: rows, ids, least, greatest, torn", name, seed)
                    .containsExactly(List.of(all, all, "1", all, "0"));
        }
    }

    /** Kills at moments that are spread over the time that the work takes at its rate. */
    private void kill(JobClient job, MiniCluster cluster, ClickHouseServer server)
            throws Exception {
        Random random = new Random(seed);
        long length = Math.max(1_000, rows * 1_000 / rowsPerSecond);
        List<Boolean> victims = new ArrayList<>(Collections.nCopies(taskManagerKills, true));
        victims.addAll(Collections.nCopies(serverKills, false));
        Collections.shuffle(victims, random);
        long[] moments =
                random.longs(victims.size(), length / 20, length * 9 / 10).sorted().toArray();
        List<Integer> alive = new ArrayList<>(List.of(0, 1, 2));
        int started = TASK_MANAGERS;
        long start = System.nanoTime();
        for (int i = 0; i < moments.length; i++) {
            long left = moments[i] - (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(Math.max(0, left));
            awaitRunning(job);
            if (victims.get(i)) {
                // The cluster numbers them by their start and keeps the numbers of the dead.
                int victim = alive.remove(random.nextInt(alive.size()));
                cluster.terminateTaskManager(victim).get();
                cluster.startTaskManager();
                alive.add(started++);
            } else {
                server.kill();
                server.start();
            }
        }
    }

    private static void awaitRunning(JobClient job) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        JobStatus status = job.getJobStatus().get();
        while (status != JobStatus.RUNNING) {
            assertThat(status.isGloballyTerminalState()).as("the job is %s", status).isFalse();
            assertThat(System.nanoTime()).as("the job is %s", status).isLessThan(deadline);
            Thread.sleep(20);
            status = job.getJobStatus().get();
        }
    }

    private JobClient submit(MiniCluster cluster, TestTarget target) {
        Configuration settings = new Configuration();
        settings.setString("execution.target", "minicluster");
        settings.setString("parallelism.default", "2");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "1000");
        settings.setString("restart-strategy.fixed-delay.delay", "100ms");
        settings.setString("execution.checkpointing.interval", "500ms");
        settings.setString("execution.checkpointing.tolerable-failed-checkpoints", "10000");
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        new StreamExecutionEnvironment(
                                new MiniClusterPipelineExecutorServiceLoader(cluster),
                                settings,
                                getClass().getClassLoader()));
        tables.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'datagen', 'fields.id.kind' ="
                        + " 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '"
                        + rows
                        + "', 'rows-per-second' = '"
                        + rowsPerSecond / 2
                        + "')");
        tables.executeSql(
                "CREATE TABLE t (id BIGINT, v STRING) WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri("t", "&sink_delivery_guarantee=exactly-once" + options)
                        + "', 'username' = 'velo', 'password' = 'velo')");
        return tables.executeSql(
                        "INSERT INTO t SELECT id, CONCAT('row ', CAST(id AS STRING)) FROM numbers")
                .getJobClient()
                .orElseThrow();
    }

    private static MiniClusterConfiguration clusterConfiguration() {
        Configuration settings = new Configuration();
        settings.setString("rest.bind-port", "0");
        settings.setString("rest.port", "0");
        settings.setString("rest.bind-address", "127.0.0.1");
        settings.setString("heartbeat.interval", "500ms");
        settings.setString("heartbeat.timeout", "5s");
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(TASK_MANAGERS)
                .setNumSlotsPerTaskManager(1)
                .build();
    }
}
