// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.DebeziumChange;
import io.velo.flink.testkit.fault.Fault;
import io.velo.flink.testkit.fault.FaultSchedule;
import io.velo.flink.testkit.fault.ProcessFaults;
import io.velo.flink.testkit.fault.TaskManagerFaults;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One run: a random table, random transactions and a job that captures its changes, while
 * TaskManagers and the server are killed in turn; afterwards the comparison with the table and with
 * Debezium, which reads the whole history in peace from a slot of its own. Immutable.
 *
 * @param seed determines the table, the transactions as far as their sessions do not meet, and when
 *     the faults happen
 * @param length how long is written
 * @param faults how many faults happen meanwhile: of four, three kill a TaskManager and one kills
 *     the server
 * @param parameters of the URI besides those that the run needs, such as {@code
 *     &snapshot_strategy=ctid}
 * @param bug a bug to plant into what the job delivered, or null
 */
public record CaptureRun(
        long seed, Duration length, int faults, String parameters, PlantedBug bug) {

    /** The bugs that can be planted. */
    public static final Set<PlantedBug> PLANTABLE =
            EnumSet.of(PlantedBug.DROP_ROWS, PlantedBug.SKIP_DELETES, PlantedBug.LOSE_LAST_BATCH);

    private static final Duration CATCH_UP = Duration.ofSeconds(120);
    private static final Duration OUTAGE = Duration.ofMillis(500);

    /**
     * Runs it on a server that runs, and which must be the run's own: it is killed.
     *
     * @return what was found
     * @throws AssertionError if the faults did not hit the work
     * @throws Exception if there is no verdict
     */
    public Verdict run(PostgresServer server) throws Exception {
        try (CaptureDatabase database =
                CaptureDatabase.create(server, CapturedTable.random(seed), seed)) {
            return run(server, database);
        }
    }

    private Verdict run(PostgresServer server, CaptureDatabase database) throws Exception {
        Path checkpoints = Files.createTempDirectory("velo-capture-");
        try (LocalCluster cluster = LocalCluster.start(2, 2, settings(checkpoints));
                CaptureJob job = CaptureJob.start(cluster, database.table(), uri(database), 2);
                // The slot and the snapshot are still to come.
                RandomWriter writer = RandomWriter.start(database, seed, length)) {
            disturb(server, cluster, job, writer);
            writer.await();
            awaitStream(job, database);
            String marker = database.mark();
            awaitMarker(job, marker);
            return compare(database, marker, planted(job.changes()));
        } finally {
            deleteTree(checkpoints);
        }
    }

    private void disturb(
            PostgresServer server, LocalCluster cluster, CaptureJob job, RandomWriter writer)
            throws Exception {
        if (faults == 0) {
            return;
        }
        List<Fault> all =
                List.of(
                        TaskManagerFaults.kill(cluster),
                        ProcessFaults.kill(server),
                        TaskManagerFaults.kill(cluster),
                        TaskManagerFaults.kill(cluster));
        try (FaultSchedule schedule =
                FaultSchedule.start(
                        seed, all, faults, OUTAGE, () -> isReady(job) ? writer.part() : 0)) {
            long deadline = System.nanoTime() + length.plus(CATCH_UP).toNanos();
            while (schedule.landings().size() < faults && System.nanoTime() < deadline) {
                if (job.isOver()) {
                    throw job.failure();
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            schedule.requireLandings();
        }
    }

    /**
     * Whether faults may come. A snapshot of one moment ends with the server by design, so that one
     * is left alone until its changes come.
     */
    private boolean isReady(CaptureJob job) {
        return !parameters.contains("snapshot_strategy=ctid")
                || job.changes().stream().anyMatch(change -> change.place() != null);
    }

    private static Map<String, String> settings(Path checkpoints) {
        return Map.of(
                "execution.checkpointing.interval", "300 ms",
                "execution.checkpointing.timeout", "20 s",
                "execution.checkpointing.tolerable-failed-checkpoints", "10000",
                "execution.checkpointing.dir", checkpoints.toUri().toString(),
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "500",
                "restart-strategy.fixed-delay.delay", "200 ms",
                "table.local-time-zone", "UTC");
    }

    private String uri(CaptureDatabase database) {
        boolean full = database.table().identity() == CapturedTable.Identity.FULL;
        return database.uri(
                "on_truncate=ignore&changelog=" + (full ? "all" : "upsert") + parameters);
    }

    /**
     * Waits until changes come. A marker that stands among the existing rows, because the job began
     * late, would not be the last row.
     */
    private static void awaitStream(CaptureJob job, CaptureDatabase database) throws Exception {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (job.changes().stream().noneMatch(change -> change.place() != null)) {
            if (job.isOver()) {
                throw job.failure();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "No change came within " + CATCH_UP.toSeconds() + " s of the last one.");
            }
            database.touch();
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static void awaitMarker(CaptureJob job, String marker) throws Exception {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        int looked = 0;
        while (true) {
            List<SeenChange> fresh = job.since(looked);
            looked += fresh.size();
            if (fresh.stream().anyMatch(change -> change.key().equals(marker))) {
                return;
            }
            if (job.isOver()) {
                throw job.failure();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "The last row did not come within "
                                + CATCH_UP.toSeconds()
                                + " s; "
                                + looked
                                + " changes did.");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Verdict compare(CaptureDatabase database, String marker, List<SeenChange> seen)
            throws SQLException {
        CaptureOracle oracle = new CaptureOracle(seed);
        oracle.compareTable(seen, database.rows());
        oracle.checkOrder(seen);
        List<DebeziumChange> happened = database.history(marker);
        oracle.compareHistories(seen, new History(database.table()).of(happened));
        return oracle.verdict();
    }

    private List<SeenChange> planted(List<SeenChange> seen) {
        if (bug == null) {
            return seen;
        }
        List<SeenChange> changed = new ArrayList<>();
        int deletes = 0;
        for (int i = 0; i < seen.size(); i++) {
            SeenChange change = seen.get(i);
            boolean skipped =
                    switch (bug) {
                        case DROP_ROWS -> i % 1_000 == 999;
                        case SKIP_DELETES -> change.kind().equals("-D") && ++deletes % 10 == 0;
                        case LOSE_LAST_BATCH -> i >= seen.size() - 2;
                        default -> throw new IllegalStateException("Cannot plant " + bug);
                    };
            if (!skipped) {
                changed.add(change);
            }
        }
        return changed;
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
