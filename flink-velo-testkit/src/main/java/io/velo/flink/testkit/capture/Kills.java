// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills TaskManagers and the server of a job that runs, at moments that a seed determines. Each
 * kill waits until the job reads: so each hits, and a job that does not come back is found. The
 * first kill of a TaskManager comes early, while existing rows are read; one kill of the server in
 * three takes a TaskManager with it. For one thread.
 */
final class Kills {

    /** How long a TaskManager or the server is away. */
    private static final Duration OUTAGE = Duration.ofMillis(500);

    private static final Duration EARLY = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofSeconds(180);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private enum Victim {
        TASK_MANAGER,
        SERVER
    }

    /** A kill that is to come so long after the beginning. */
    private record Kill(Victim victim, long afterNanos) {}

    private final PostgresServer server;
    private final LocalCluster cluster;
    private final CaptureJob job;
    private final CaptureDatabase database;
    private final SplittableRandom random;
    private final List<Kill> plan;
    private final long lengthNanos;
    private final Map<Victim, Integer> hits = new EnumMap<>(Victim.class);

    private int both;
    private Instant lastKill = Instant.EPOCH;

    Kills(
            CaptureRun run,
            PostgresServer server,
            LocalCluster cluster,
            CaptureJob job,
            CaptureDatabase database) {
        this.server = server;
        this.cluster = cluster;
        this.job = job;
        this.database = database;
        this.random = new SplittableRandom(run.seed());
        this.lengthNanos = run.length().toNanos();
        this.plan = plan(run);
    }

    private List<Kill> plan(CaptureRun run) {
        if (run.kills() == null) {
            return List.of();
        }
        List<Kill> all = new ArrayList<>();
        all.addAll(plan(Victim.TASK_MANAGER, run.kills().taskManager(), run.length()));
        all.addAll(plan(Victim.SERVER, run.kills().server(), run.length()));
        all.sort(Comparator.comparingLong(Kill::afterNanos));
        return all;
    }

    private List<Kill> plan(Victim victim, Duration every, Duration length) {
        List<Kill> kills = new ArrayList<>();
        for (int i = 0; i < KillRates.count(every, length); i++) {
            double part = i + 0.1 + 0.8 * random.nextDouble();
            long after = (long) (part * every.toNanos());
            boolean isEarly = i == 0 && victim == Victim.TASK_MANAGER;
            kills.add(new Kill(victim, isEarly ? after % EARLY.toNanos() : after));
        }
        return kills;
    }

    /**
     * Kills until the run's time is over, and returns no earlier. Kills that are late then are left
     * out, but no more than half of a kind.
     *
     * @throws Exception if the job ends, or does not read again in time
     */
    void untilTheEnd() throws Exception {
        long begin = System.nanoTime();
        for (Kill kill : plan) {
            await(begin + kill.afterNanos());
            if (System.nanoTime() < begin + lengthNanos
                    || 2 * hits(kill.victim()) < planned(kill)) {
                awaitReading(kill.victim());
                kill(kill.victim());
                hits.merge(kill.victim(), 1, Integer::sum);
            }
        }
        await(begin + lengthNanos);
    }

    private int hits(Victim victim) {
        return hits.getOrDefault(victim, 0);
    }

    private int planned(Kill kill) {
        return planned(kill.victim());
    }

    private int planned(Victim victim) {
        return (int) plan.stream().filter(kill -> kill.victim() == victim).count();
    }

    private void await(long moment) throws Exception {
        while (System.nanoTime() < moment) {
            job.requireRunning();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /**
     * Waits until the job has begun again behind the last kill, and a reader of it is connected. A
     * snapshot of one moment ends with the server by design, so that the server of one is left
     * alone until its changes come.
     */
    private void awaitReading(Victim victim) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        boolean waitsForChanges = victim == Victim.SERVER && job.readsOneMoment();
        while (job.starts() == 0
                || waitsForChanges && !job.hasChanges()
                || !database.isReadSince(lastKill)) {
            job.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "The job did not read again within "
                                + RECOVERY.toSeconds()
                                + " s: "
                                + this);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void kill(Victim victim) throws Exception {
        boolean takesTaskManager = victim == Victim.SERVER && random.nextInt(3) == 0;
        int starts = job.starts();
        lastKill = Instant.now();
        if (victim == Victim.SERVER) {
            server.kill();
        }
        if (victim == Victim.TASK_MANAGER || takesTaskManager) {
            cluster.killTaskManager();
        }
        LockSupport.parkNanos(OUTAGE.toNanos());
        if (victim == Victim.SERVER) {
            server.start();
        }
        if (victim == Victim.TASK_MANAGER || takesTaskManager) {
            cluster.startTaskManager();
            awaitRestart(starts);
            both += takesTaskManager ? 1 : 0;
        }
    }

    private void awaitRestart(int starts) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (job.starts() == starts) {
            job.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "A killed TaskManager did not make the job start again: " + this);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public String toString() {
        return "kills while the job read: "
                + hits(Victim.TASK_MANAGER)
                + " of "
                + planned(Victim.TASK_MANAGER)
                + " of a TaskManager, "
                + hits(Victim.SERVER)
                + " of "
                + planned(Victim.SERVER)
                + " of the server, "
                + both
                + " of these with a TaskManager";
    }
}
