// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.testkit.chaos.ChaosRun;
import io.velo.flink.testkit.chaos.KillScenario;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.target.PostgresTarget;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Each row is there once although TaskManagers are killed; {@code velo chaos postgres} does the
 * same with 20 kills and 3 million rows.
 */
class KilledTaskManagersITCase {

    @Test
    void addEachRowOnceThroughAStagingTable() throws Exception {
        run("staged", PostgresTarget::staged);
    }

    @Test
    void addEachRowOnceThroughPreparedTransactions() throws Exception {
        run("prepared", PostgresTarget::prepared);
    }

    private static void run(String name, Supplier<SinkTarget> targets) throws Exception {
        KillScenario scenario = new KillScenario("postgresql", name, 5, 200_000, targets);
        ChaosRun run = new ChaosRun(Workload.anySeed(), Duration.ZERO, null);
        Verdict verdict = scenario.run(run);
        System.out.println(verdict.line("postgresql"));
        verdict.require(Verdict.Promise.EXACT, "postgresql");
    }
}
