// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.contract.FaultRun;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.fault.TaskManagerFaults;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.Server;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Many rows into a sink to which rows are only added, each exactly once, while the TaskManagers are
 * killed one after the other.
 *
 * @param scheme the scheme's name
 * @param name the scenario's
 * @param kills how many TaskManagers are killed
 * @param rows how many rows are written
 * @param targets gives a new target with a new server for each run
 */
public record KillScenario(
        String scheme, String name, int kills, long rows, Supplier<SinkTarget> targets)
        implements ChaosScenario {

    private static final Duration DOWN = Duration.ofSeconds(1);

    /** 20 kills and 3 million rows, however long the run shall be. */
    public static KillScenario large(String scheme, String name, Supplier<SinkTarget> targets) {
        return new KillScenario(scheme, name, 20, 3_000_000, targets);
    }

    @Override
    public Set<PlantedBug> plantable() {
        return EnumSet.of(
                PlantedBug.DROP_ROWS,
                PlantedBug.EMIT_ABORTED,
                PlantedBug.LOSE_LAST_BATCH,
                PlantedBug.DUPLICATE_AFTER_RETRY);
    }

    @Override
    public Verdict run(ChaosRun run) throws Exception {
        SinkTarget target = targets.get();
        Workload workload = Workload.appends(run.seed()).changes(rows);
        try (Server server = target.server()) {
            server.start();
            return FaultRun.of(target, workload)
                    .faults(
                            kills,
                            DOWN,
                            (proxy, cluster) -> List.of(TaskManagerFaults.kill(cluster)))
                    .outlastingItsFaults()
                    .planting(run.bug())
                    .run();
        }
    }
}
