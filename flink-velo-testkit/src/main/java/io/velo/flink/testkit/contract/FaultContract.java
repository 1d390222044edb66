// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Fault;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.LeakDetector;
import io.velo.flink.testkit.fault.LineFaults;
import io.velo.flink.testkit.fault.ProcessFaults;
import io.velo.flink.testkit.fault.Way;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.oracle.WorkloadProgress;
import io.velo.flink.testkit.oracle.WorkloadSource;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What every sink must survive, whatever the system behind it: an integration test of a scheme
 * extends this class, says by a {@link SinkTarget} how its tables are written and read, and gets
 * all of it. The numbers in the names are those of the design's fault catalogue.
 *
 * <p>Each test writes a workload through a real job with checkpoints while faults happen, reads the
 * table back from the server and lets the oracle compare. Nothing may be lost, torn or invented,
 * and nothing may be there twice if the target promises so. A run whose faults did not hit fails.
 * The seed is in the verdict that is printed; {@code -Dvelo.seed=} repeats it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
public abstract class FaultContract {

    private static final String CANARY = "VELOCANARY-4711";

    /** How long the server is down when a job is submitted, unless the job fails before. */
    private static final Duration DOWN = Duration.ofSeconds(4);

    /** Of faults that hit whatever is under way: longer than the time between two checkpoints. */
    private static final Duration SHORT = Duration.ofMillis(600);

    /** Of faults that have happened as soon as they hit something. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    /** In which a job is cancelled, less than the 30 s after which Flink loses patience. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private SinkTarget target;

    /** A new target with a new server, asked for once. */
    protected abstract SinkTarget newTarget();

    /** The target of this class. */
    protected final SinkTarget target() {
        return target;
    }

    /** What is written in each test; override to write more or less. */
    protected Workload workload(long seed) {
        return new Workload(seed, target.shape(), 2, 12_000, 1_000);
    }

    @BeforeAll
    void startServer() {
        target = newTarget();
        RequiredServer.started(target.server());
    }

    @BeforeEach
    void makeSureTheServerRuns() {
        target.server().start();
    }

    @AfterAll
    void closeServer() {
        if (target != null) {
            target.server().close();
        }
    }

    @Test
    void keepsEverythingWithoutFaults() throws Exception {
        require(FaultRun.of(target, workload(Workload.anySeed())).run(), Verdict.Promise.EXACT);
    }

    /** The proof that the other tests could fail. */
    @Test
    void isFoundOutWhenRowsAreDropped() throws Exception {
        Workload workload = workload(Workload.anySeed());
        Verdict verdict =
                FaultRun.of(target, workload)
                        .rate(Long.MAX_VALUE)
                        .planting(PlantedBug.LOSE_LAST_BATCH)
                        .run();
        assertThat(verdict.keeps(Verdict.Promise.AT_LEAST_ONCE))
                .as(verdict.line(target.scheme()))
                .isFalse();
    }

    @Test
    void l1SurvivesThatItsServerIsKilledAgainAndAgain() throws Exception {
        survives(5, SHORT, p -> List.of(ProcessFaults.kill(target.server())));
    }

    @Test
    void l2SurvivesThatItsServerFreezes() throws Exception {
        survives(3, Duration.ofSeconds(2), p -> List.of(ProcessFaults.pause(target.server())));
    }

    @Test
    void l3NoticesAHalfOpenLine() throws Exception {
        Workload workload = workload(Workload.anySeed());
        String table = prepared();
        WorkloadSource<Row> source = WorkloadSource.rows(workload).rate(4_000);
        try (FaultProxy proxy = target.openProxy();
                SinkJob job = start(source, table, proxy)) {
            WorkloadProgress progress = source.progress();
            until(() -> progress.part() > 0.3, PATIENCE);
            proxy.hang(Way.TO_SERVER);
            proxy.hang(Way.TO_CLIENT);
            long before = proxy.connections();
            Duration limit = target.requestTimeout().plusSeconds(20);
            until(() -> proxy.connections() > before, limit);
            // What was given up must not come through afterwards.
            proxy.reset();
            proxy.heal();
            job.await(PATIENCE.multipliedBy(2));
        }
        Verdict verdict = FaultRun.of(target, workload).verdict(table);
        require(verdict, target.promise());
    }

    @Test
    void l4RepeatsWhatWasAppliedWithoutAnAnswer() throws Exception {
        survives(5, MOMENT, p -> List.of(LineFaults.loseAnswer(p)));
    }

    @Test
    void l4RepeatsRequestsThatWereCut() throws Exception {
        survives(5, MOMENT, p -> List.of(LineFaults.cutRequest(p, 1_000), LineFaults.reset(p)));
    }

    @Test
    void l5IsSlowOnASlowLineAndStillRight() throws Exception {
        Duration chunk = Duration.ofMillis(500);
        survives(3, Duration.ofMillis(1_500), p -> List.of(LineFaults.slow(p, chunk, 64 << 10)));
    }

    @Test
    void survivesAllKindsOfFaultsInTurn() throws Exception {
        survives(8, SHORT, p -> CommonFaults.of(target.server(), p));
    }

    @Test
    void l9IsCancelledWhileTheServerNeverAnswers() throws Exception {
        cancelWhileHung();
        try (LeakDetector leaks = leaks()) {
            cancelWhileHung();
        }
    }

    private void cancelWhileHung() throws Exception {
        String table = prepared();
        WorkloadSource<Row> source = WorkloadSource.rows(workload(Workload.anySeed())).rate(4_000);
        try (FaultProxy proxy = target.openProxy();
                SinkJob job = start(source, table, proxy)) {
            WorkloadProgress progress = source.progress();
            until(() -> progress.part() > 0.3, PATIENCE);
            proxy.hang(Way.TO_SERVER);
            proxy.hang(Way.TO_CLIENT);
            // The next checkpoint has the writers wait for an answer.
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            long start = System.nanoTime();
            job.cancel(PATIENCE);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("CANCEL " + target.scheme() + " ms=" + took.toMillis());
            assertThat(took).isLessThan(SOON);
        }
    }

    @Test
    void l11SaysWhichServerIsDownOrWaitsForIt() throws Exception {
        Workload workload = workload(Workload.anySeed());
        String table = prepared();
        int port = target.server().port();
        target.server().stop();
        WorkloadSource<Row> source = WorkloadSource.rows(workload).rate(Long.MAX_VALUE);
        try (SinkJob job =
                SinkJob.start(
                        source,
                        target.shape(),
                        target.options(port, table),
                        row -> row,
                        SinkJob.OnFailure.FAIL)) {
            awaitWithLateServer(job);
            require(FaultRun.of(target, workload).verdict(table), target.promise());
        } catch (ExecutionException | RuntimeException e) {
            assertThat(textOf(e)).contains("127.0.0.1:" + port).contains("VELO-");
        }
    }

    /** A sink that is still trying after some time has to succeed when the server comes. */
    private void awaitWithLateServer(SinkJob job) throws Exception {
        try {
            job.await(DOWN);
            throw new AssertionError("The job finished although the server was down.");
        } catch (TimeoutException e) {
            target.server().start();
            job.await(PATIENCE.multipliedBy(2));
        }
    }

    @Test
    void l15RefusesAWrongPasswordAtOnceAndDoesNotPrintIt() throws Exception {
        Assumptions.assumeTrue(target.asksForPassword(), "The server asks for no password.");
        String table = prepared();
        try (FaultProxy proxy = target.openProxy()) {
            Map<String, String> options = new HashMap<>(target.options(proxy.port(), table));
            options.put("password", CANARY);
            String text = failureOf(options);
            assertThat(text).contains("VELO-").doesNotContain(CANARY);
            // Planning and two subtasks may try, each once or twice.
            assertThat(proxy.connections()).isBetween(1L, 8L);
        }
    }

    private String failureOf(Map<String, String> options) throws Exception {
        WorkloadSource<Row> source = WorkloadSource.rows(workload(Workload.anySeed()));
        try (SinkJob job =
                SinkJob.start(
                        source, target.shape(), options, row -> row, SinkJob.OnFailure.FAIL)) {
            job.await(PATIENCE);
        } catch (ExecutionException | RuntimeException e) {
            return textOf(e);
        }
        throw new AssertionError("The job finished.");
    }

    /** Runs the workload under faults and requires what the target promises. */
    protected final void survives(
            int times, Duration length, Function<FaultProxy, List<Fault>> faults) throws Exception {
        Workload workload = workload(Workload.anySeed());
        Verdict verdict = FaultRun.of(target, workload).faults(times, length, faults).run();
        require(verdict, target.promise());
    }

    private void require(Verdict verdict, Verdict.Promise promise) {
        System.out.println(verdict.line(target.scheme()));
        verdict.require(promise, target.scheme());
    }

    private SinkJob start(WorkloadSource<Row> source, String table, FaultProxy proxy)
            throws Exception {
        return SinkJob.start(
                source,
                target.shape(),
                target.options(proxy.port(), table),
                row -> row,
                SinkJob.OnFailure.RESTART);
    }

    private String prepared() throws Exception {
        String table = FaultRun.newTable();
        target.prepare(table);
        return table;
    }

    /** Flink's own cluster keeps some memory for the next one; idle threads of pools need 60 s. */
    private static LeakDetector leaks() {
        return LeakDetector.watch().within(Duration.ofSeconds(90)).allowingDirectBytes(64 << 20);
    }

    private static void until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Nothing happened within "
                                + limit
                                + ". The log of org.apache.flink says why a job restarts.");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** The messages of an exception and all its causes. */
    private static String textOf(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
