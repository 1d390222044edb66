// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.target.ClickHouseAppends;
import io.velo.flink.testkit.target.ClickHouseQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * Millions of numbered rows, written exactly once into a ClickHouse table of three partitions while
 * TaskManagers and the server are killed at random moments; the server then counts them. Parts of
 * the rows are compared by the server, so that none leaves it.
 *
 * @param name the scenario's
 * @param by what tells a block that is sent again from a new one
 * @param rows how many are written
 * @param taskManagerKills how often a TaskManager is killed
 * @param serverKills how often the server is killed
 * @param shortest the least time that the rows are spread over
 */
public record ExactlyOnceKills(
        String name,
        ClickHouseAppends.By by,
        long rows,
        int taskManagerKills,
        int serverKills,
        Duration shortest)
        implements ChaosScenario {

    private static final Duration END = Duration.ofMinutes(30);
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "parallelism.default", "2",
                    "restart-strategy.type", "fixed-delay",
                    "restart-strategy.fixed-delay.attempts", "10000",
                    "restart-strategy.fixed-delay.delay", "100ms",
                    "execution.checkpointing.interval", "500ms",
                    "execution.checkpointing.tolerable-failed-checkpoints", "10000",
                    "heartbeat.interval", "500ms",
                    "heartbeat.timeout", "5s");

    /** 5,000,000 rows, 20 kills of TaskManagers and 5 of the server. */
    public static ExactlyOnceKills of(String name, ClickHouseAppends.By by) {
        return new ExactlyOnceKills(name, by, 5_000_000, 20, 5, Duration.ofMinutes(2));
    }

    @Override
    public String scheme() {
        return "clickhouse";
    }

    @Override
    public Set<PlantedBug> plantable() {
        return Set.of();
    }

    @Override
    public Verdict run(ChaosRun run) throws Exception {
        Duration length = run.length().compareTo(shortest) > 0 ? run.length() : shortest;
        ClickHouseAppends target = new ClickHouseAppends(by);
        Path checkpoints = Files.createTempDirectory("velo-checkpoints");
        Map<String, String> settings = new HashMap<>(SETTINGS);
        // The JobManager's memory takes 5 MB per subtask, less than a checkpoint after an outage.
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put("execution.checkpointing.dir", checkpoints.toUri().toString());
        try (ClickHouseServer server = (ClickHouseServer) target.server();
                LocalCluster cluster = LocalCluster.start(3, 1, settings)) {
            server.start();
            target.prepare("t");
            JobClient job = submit(cluster, target.options(server.port(), "t"), length);
            kill(run.seed(), length, job, cluster, server);
            job.getJobExecutionResult().get(END.toMinutes(), TimeUnit.MINUTES);
            return verdict(run.seed(), new ClickHouseQueries(server));
        } finally {
            FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
        }
    }

    private JobClient submit(LocalCluster cluster, Map<String, String> options, Duration length) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(cluster.environment());
        tables.executeSql(
                "CREATE TABLE numbers (n BIGINT) WITH ('connector'='datagen','fields.n.kind'="
                        + "'sequence','fields.n.start'='1','fields.n.end'='"
                        + rows
                        + "','rows-per-second'='"
                        + Math.max(1, rows / length.toSeconds() / 2)
                        + "')");
        StringBuilder with = new StringBuilder("'connector'='velo'");
        options.forEach(
                (key, value) ->
                        with.append(", '").append(key).append("'='").append(value).append('\''));
        tables.executeSql(
                "CREATE TABLE t (id BIGINT, writer INT, seq BIGINT, payload STRING, balance BIGINT)"
                        + " WITH ("
                        + with.toString().replace("batch_size=500", "batch_size=5000")
                        + ")");
        return tables.executeSql(
                        "INSERT INTO t SELECT n, CAST(MOD(n, 7) AS INT), n, CONCAT('row ', CAST(n"
                                + " AS STRING)), -n FROM numbers")
                .getJobClient()
                .orElseThrow();
    }

    /** Kills at moments that are spread over the time that the work takes at its rate. */
    private void kill(
            long seed,
            Duration length,
            JobClient job,
            LocalCluster cluster,
            ClickHouseServer server)
            throws Exception {
        Random random = new Random(seed);
        List<Boolean> serverNext = new ArrayList<>(Collections.nCopies(taskManagerKills, false));
        serverNext.addAll(Collections.nCopies(serverKills, true));
        Collections.shuffle(serverNext, random);
        long millis = length.toMillis();
        long[] moments =
                random.longs(serverNext.size(), millis / 20, millis * 7 / 10).sorted().toArray();
        long start = System.nanoTime();
        for (int i = 0; i < moments.length; i++) {
            Thread.sleep(Math.max(0, moments[i] - (System.nanoTime() - start) / 1_000_000));
            awaitRunning(job);
            if (serverNext.get(i)) {
                server.kill();
                server.start();
            } else {
                cluster.killTaskManager();
                cluster.startTaskManager();
            }
        }
    }

    /** A kill proves something only while the job works. */
    private static void awaitRunning(JobClient job) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        JobStatus status = job.getJobStatus().get();
        while (status != JobStatus.RUNNING) {
            if (status.isGloballyTerminalState()) {
                throw new AssertionError("The job was " + status + " before the last kill.");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The job does not recover, it is " + status + ".");
            }
            Thread.sleep(20);
            status = job.getJobStatus().get();
        }
    }

    private Verdict verdict(long seed, ClickHouseQueries queries) throws Exception {
        String[] found =
                queries.rows(
                                "SELECT count(), uniqExact(id), uniqExactIf(id, id BETWEEN 1 AND "
                                        + rows
                                        + "), countIf(payload != concat('row ', toString(id)) OR"
                                        + " seq != id OR balance != -id OR writer != id % 7) FROM"
                                        + " t")
                        .get(0);
        long count = Long.parseLong(found[0]);
        long ids = Long.parseLong(found[1]);
        long ours = Long.parseLong(found[2]);
        String example =
                count + " rows with " + ids + " ids, " + ours + " of the " + rows + " written";
        return new Verdict(
                seed,
                Map.of(
                        Anomaly.LOST, rows - ours,
                        Anomaly.DUPLICATED, count - ids,
                        Anomaly.PHANTOM, ids - ours,
                        Anomaly.TORN, Long.parseLong(found[3])),
                List.of(example));
    }
}
