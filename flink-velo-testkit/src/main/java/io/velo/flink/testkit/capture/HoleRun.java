// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Transactions that change rows before the snapshot reads them and become visible after it: what a
 * snapshot cannot see and a stream that is cut off by positions in the log throws away. Each of
 * them inserts a row, updates one, deletes one and changes the key of one, which makes four
 * attempts. An attempt counts only if the log proves that it hit the window. Immutable.
 *
 * @param hole how a transaction stays invisible
 * @param strategy of the snapshot, {@code key} or {@code ctid}
 * @param parallelism of the source
 * @param transactions how many
 * @param seed determines how long after the snapshot a transaction commits that is open
 */
public record HoleRun(Hole hole, String strategy, int parallelism, int transactions, long seed) {

    static final String TABLE = "holes";

    /** The first of a transaction's ids is a multiple of this. */
    static final int IDS_PER_TRANSACTION = 2_000;

    static final long MARKER = 1_000_000_000;

    private static final int ATTEMPTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Why a snapshot does not see a transaction that changed its rows before. */
    public enum Hole {
        /** It has not committed yet. */
        OPEN,
        /** It has, and the stream delivers it, but a synchronous standby holds it back. */
        HELD_BACK
    }

    /**
     * What came of it.
     *
     * @param hits the attempts that provably hit the window
     * @param wrong what is not as it should be
     */
    public record Result(int hits, List<Finding> wrong) {}

    /**
     * A row that is not as it should be, or a change of one.
     *
     * @param anomaly what it counts as
     * @param what the row in words
     */
    public record Finding(Anomaly anomaly, String what) {

        @Override
        public String toString() {
            return anomaly + ": " + what;
        }
    }

    /** The same with another seed. */
    HoleRun withSeed(long other) {
        return new HoleRun(hole, strategy, parallelism, transactions, other);
    }

    /**
     * Runs it on a server that runs; with {@link Hole#HELD_BACK} it must be the run's own.
     *
     * @throws Exception if the job fails, or does not deliver the last row in time
     */
    public Result run(PostgresServer server) throws Exception {
        try (HoleDatabase database = HoleDatabase.create(server, this)) {
            List<HoleTransaction> all = new ArrayList<>();
            try (LocalCluster cluster =
                            LocalCluster.start(
                                    1, 4, Map.of("execution.checkpointing.interval", "100 ms"));
                    HoleJob job = HoleJob.prepare(cluster, this, database)) {
                for (int i = 0; i < transactions; i++) {
                    all.add(new HoleTransaction(database, i, this));
                }
                try (AutoCloseable noise = database.commitAllTheTime()) {
                    job.start();
                    await(job, "the slot", database::hasSlot);
                    inParallel(all, HoleTransaction::change);
                    inParallel(all, each -> endWhenRead(job, each));
                    database.releaseHeldBack();
                    inParallel(all, HoleTransaction::join);
                }
                awaitChanges(job, database);
                List<Finding> wrong = new ArrayList<>(job.doubled());
                wrong.addAll(differences(database.rows(), job.table()));
                return new Result(hits(all, job), wrong);
            } finally {
                for (HoleTransaction each : all) {
                    each.close();
                }
            }
        }
    }

    /** Waits for all changes: the last row may also be read, which says nothing about them. */
    private static void awaitChanges(HoleJob job, HoleDatabase database) throws Exception {
        long marker = MARKER;
        do {
            long last = ++marker;
            database.insert(last);
            await(job, "the last row", () -> job.table().containsKey(last));
        } while (job.hasRead(marker));
    }

    private static void endWhenRead(HoleJob job, HoleTransaction transaction) throws Exception {
        await(job, "row " + transaction.neighbour(), () -> job.hasRead(transaction.neighbour()));
        transaction.end();
    }

    private static int hits(List<HoleTransaction> all, HoleJob job) {
        int hits = 0;
        for (HoleTransaction transaction : all) {
            long snapshot = job.snapshotOf(transaction.neighbour());
            // The row that it deletes was read after it was deleted.
            boolean hit = transaction.changed() <= snapshot && job.hasRead(transaction.deleted());
            hits += hit ? ATTEMPTS : 0;
        }
        return hits;
    }

    /** Rows that the table does not have any more count as phantoms, others as lost. */
    private static List<Finding> differences(Map<Long, String> table, Map<Long, String> seen) {
        List<Finding> findings = new ArrayList<>();
        Map<Long, String> ids = new TreeMap<>(table);
        seen.forEach(ids::putIfAbsent);
        for (Long id : ids.keySet()) {
            String expected = table.get(id);
            String found = seen.get(id);
            if (!Objects.equals(expected, found)) {
                findings.add(
                        new Finding(
                                expected == null ? Anomaly.PHANTOM : Anomaly.LOST,
                                id + ": " + found + " instead of " + expected));
            }
        }
        return findings;
    }

    private static void await(HoleJob job, String what, BooleanSupplier happened) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            job.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Did not come in time: " + what + ".");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private interface Step {
        void take(HoleTransaction transaction) throws Exception;
    }

    private static void inParallel(List<HoleTransaction> all, Step step) throws Exception {
        List<Exception> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (HoleTransaction transaction : all) {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    step.take(transaction);
                                } catch (Exception e) {
                                    failures.add(e);
                                }
                            },
                            "velo-hole");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** A connection's way to run statements. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
