// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.fault.Fault;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.FaultSchedule;
import io.velo.flink.testkit.oracle.Ledger;
import io.velo.flink.testkit.oracle.Operation;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.oracle.WorkloadSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.types.Row;

/**
 * One run of a workload into a sink while faults happen, and its verdict. The target's server must
 * run; it runs afterwards. Immutable: each setting gives a new run.
 *
 * @param target the sink
 * @param workload what is written; its shape must be the target's
 * @param rowsPerSecond how fast at most, an update being two rows
 * @param faults what happens, in this order again and again, given the proxy that the job goes
 *     through and the cluster of two TaskManagers that runs it
 * @param times how many faults happen
 * @param length how long each of them lasts
 * @param bug a bug to plant, or null
 */
public record FaultRun(
        SinkTarget target,
        Workload workload,
        long rowsPerSecond,
        BiFunction<FaultProxy, LocalCluster, List<Fault>> faults,
        int times,
        Duration length,
        PlantedBug bug) {

    private static final Duration END = Duration.ofMinutes(5);

    private static final AtomicInteger TABLES = new AtomicInteger();

    /** A run without faults, at 8,000 rows per second. */
    public static FaultRun of(SinkTarget target, Workload workload) {
        return new FaultRun(target, workload, 8_000, (p, c) -> List.of(), 0, Duration.ZERO, null);
    }

    /** The same with these faults, each of which the work waits for. */
    public FaultRun faults(
            int newTimes, Duration newLength, Function<FaultProxy, List<Fault>> newFaults) {
        return faults(newTimes, newLength, (proxy, cluster) -> newFaults.apply(proxy));
    }

    /** The same with faults of the cluster too. */
    public FaultRun faults(
            int newTimes,
            Duration newLength,
            BiFunction<FaultProxy, LocalCluster, List<Fault>> newFaults) {
        return new FaultRun(target, workload, rowsPerSecond, newFaults, newTimes, newLength, bug);
    }

    /** The same at a rate at which the work alone takes half as long again as its faults. */
    public FaultRun outlastingItsFaults() {
        double seconds = Math.max(1, 1.5 * times * length.toMillis() / 1_000);
        return rate(Math.max(1, (long) (workload.changes() / seconds)));
    }

    /** The same at another rate. */
    public FaultRun rate(long newRowsPerSecond) {
        return new FaultRun(target, workload, newRowsPerSecond, faults, times, length, bug);
    }

    /** The same with a bug between the workload and the sink. */
    public FaultRun planting(PlantedBug planted) {
        return new FaultRun(target, workload, rowsPerSecond, faults, times, length, planted);
    }

    /**
     * Runs the job to its end and reads the table.
     *
     * @throws AssertionError if the faults did not hit the middle of the work
     * @throws Exception if the job cannot be planned, fails for good or does not end in time
     */
    public Verdict run() throws Exception {
        String table = newTable();
        target.prepare(table);
        WorkloadSource<Row> source = WorkloadSource.rows(workload).rate(rowsPerSecond).with(bug);
        if (times > 0) {
            // Until the schedule says where.
            source.progress().holdAt(() -> 0.1);
        }
        try (FaultProxy proxy = target.openProxy();
                SinkJob job = start(source, target.options(proxy.port(), table))) {
            if (times == 0) {
                job.await(END);
            } else {
                awaitUnderFaults(job, proxy, source);
            }
        }
        return verdict(table);
    }

    private SinkJob start(WorkloadSource<Row> source, Map<String, String> options)
            throws Exception {
        return SinkJob.start(
                source, workload.shape(), options, row -> row, SinkJob.OnFailure.RESTART);
    }

    private void awaitUnderFaults(SinkJob job, FaultProxy proxy, WorkloadSource<Row> source)
            throws Exception {
        FaultSchedule schedule =
                FaultSchedule.start(
                        workload.seed(),
                        faults.apply(proxy, job.cluster()),
                        times,
                        length,
                        source.progress()::part);
        source.progress().holdAt(schedule::mayBeDone);
        try (schedule) {
            job.await(END.plus(length.multipliedBy(4L * times)));
        }
        schedule.requireLandings();
    }

    /** Reads the table, which was written to its end, and compares it with the workload. */
    Verdict verdict(String table) throws Exception {
        List<Version> rows = new ArrayList<>(target.read(table));
        Ledger ledger = new Ledger(workload);
        ledger.wroteAll();
        if (workload.shape() == Workload.Shape.KEYED) {
            ledger.tableEnds(rows);
        } else {
            if (!target.keepsOrder()) {
                rows.sort(Comparator.comparing(Version::sequence));
            }
            ledger.expectChanges();
            rows.forEach(row -> ledger.saw(Operation.INSERT, row));
        }
        return ledger.verdict();
    }

    /** A name for a table that no other run has. */
    static String newTable() {
        return "w_" + System.currentTimeMillis() + "_" + TABLES.incrementAndGet();
    }
}
