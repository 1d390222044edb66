// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.contract.CommonFaults;
import io.velo.flink.testkit.contract.FaultRun;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.fault.Fault;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.TaskManagerFaults;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.Server;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A workload into a sink while its server, the line to it and the TaskManagers fail in turn.
 *
 * @param scheme the scheme's name
 * @param name the scenario's
 * @param promise what the sink promises with the target's options
 * @param shape what the target takes
 * @param targets gives a new target with a new server for each run
 */
public record FaultScenario(
        String scheme,
        String name,
        Verdict.Promise promise,
        Workload.Shape shape,
        Supplier<SinkTarget> targets)
        implements ChaosScenario {

    /** A sink that promises a table exact by key. */
    public static FaultScenario upserts(String scheme, String name, Supplier<SinkTarget> targets) {
        return new FaultScenario(
                scheme, name, Verdict.Promise.EXACT, Workload.Shape.KEYED, targets);
    }

    /** A sink to which rows are only added. */
    public static FaultScenario appends(
            String scheme, String name, Verdict.Promise promise, Supplier<SinkTarget> targets) {
        return new FaultScenario(scheme, name, promise, Workload.Shape.APPENDS, targets);
    }

    @Override
    public Set<PlantedBug> plantable() {
        // What can be seen in a table that is read at the end.
        Set<PlantedBug> bugs =
                EnumSet.of(
                        PlantedBug.DROP_ROWS, PlantedBug.EMIT_ABORTED, PlantedBug.LOSE_LAST_BATCH);
        if (promise == Verdict.Promise.EXACT) {
            bugs.add(PlantedBug.DUPLICATE_AFTER_RETRY);
        }
        if (shape == Workload.Shape.KEYED) {
            bugs.add(PlantedBug.SWAP_ROWS);
            bugs.add(PlantedBug.SKIP_DELETES);
        }
        return bugs;
    }

    @Override
    public Verdict run(ChaosRun run) throws Exception {
        SinkTarget target = targets.get();
        try (Server server = target.server()) {
            server.start();
            return FaultRun.of(target, run.workload(shape))
                    .faults(
                            run.faults(),
                            run.faultLength(),
                            (proxy, cluster) -> faults(server, proxy, cluster))
                    .outlastingItsFaults()
                    .planting(run.bug())
                    .run();
        }
    }

    private static List<Fault> faults(Server server, FaultProxy proxy, LocalCluster cluster) {
        List<Fault> faults = new ArrayList<>();
        // First, so that the shortest run has it.
        faults.add(TaskManagerFaults.kill(cluster));
        faults.addAll(CommonFaults.of(server, proxy));
        return faults;
    }
}
