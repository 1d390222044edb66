// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
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
 * TaskManagers and the server are killed; afterwards the comparison with the table and with
 * Debezium, which reads the whole history in peace from a slot of its own. Immutable.
 *
 * @param seed determines the table, the transactions as far as their sessions do not meet, and when
 *     the faults happen
 * @param length how long is written; longer if kills come late
 * @param kills how often TaskManagers and the server are killed meanwhile, or null if never
 * @param parameters of the URI besides those that the run needs, such as {@code
 *     &snapshot_strategy=ctid}
 * @param bug a bug to plant into what the job delivered, or null
 */
public record CaptureRun(
        long seed, Duration length, KillRates kills, String parameters, PlantedBug bug) {

    /** The bugs that can be planted. */
    public static final Set<PlantedBug> PLANTABLE =
            EnumSet.of(PlantedBug.DROP_ROWS, PlantedBug.SKIP_DELETES, PlantedBug.LOSE_LAST_BATCH);

    private static final Duration CATCH_UP = Duration.ofSeconds(120);

    /** In so long every kind of change is written, on any machine. */
    private static final Duration LONG = Duration.ofMinutes(2);

    /**
     * Runs it on a server that runs, and which must be the run's own: it is killed.
     *
     * @return what was found
     * @throws AssertionError if a long run did not write every kind of change
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
        // With one TaskManager no kill of one misses: a reader that never gets changes has ended.
        try (LocalCluster cluster = LocalCluster.start(1, 2, settings(checkpoints));
                CaptureJob job = CaptureJob.start(cluster, database.table(), uri(database), 2);
                // The slot and the snapshot are still to come.
                RandomWriter writer = RandomWriter.start(database, seed)) {
            long begin = System.nanoTime();
            Kills all = new Kills(this, server, cluster, job, database);
            all.untilTheEnd();
            writer.end();
            Duration written = Duration.ofNanos(System.nanoTime() - begin);
            if (written.compareTo(LONG) >= 0) {
                writer.written().requireAll();
            }
            awaitStream(job, database);
            String marker = database.mark();
            awaitMarker(job, marker);
            List<SeenChange> seen = planted(job.changes());
            return compare(database, marker, seen)
                    .with("wrote " + written.toSeconds() + " s, " + writer.written())
                    .with(all + "; " + seen.size() + " changes seen");
        } finally {
            deleteTree(checkpoints);
        }
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
        while (!job.hasChanges()) {
            job.requireRunning();
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
            deadline = fresh.isEmpty() ? deadline : System.nanoTime() + CATCH_UP.toNanos();
            job.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "No change came for "
                                + CATCH_UP.toSeconds()
                                + " s, nor the last row; "
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
        oracle.compareHistories(seen, database.history(marker));
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
