// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import io.velo.flink.testkit.chaos.ChaosRun;
import io.velo.flink.testkit.chaos.ExactlyOnceKills;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.target.ClickHouseAppends.By;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactly-once under kills of TaskManagers and of the server: what chaos does, in short. */
class ExactlyOnceKillITCase {

    private static final Duration LENGTH = Duration.ofSeconds(12);

    @ParameterizedTest
    @EnumSource(By.class)
    void everyRowIsThereOnce(By by) throws Exception {
        long seed = Long.getLong("velo.seed", System.nanoTime());
        System.out.println("exactly-once by " + by + ", seed " + seed);
        new ExactlyOnceKills("short", by, 250_000, 5, 2, LENGTH)
                .run(new ChaosRun(seed, LENGTH, null))
                .require(Verdict.Promise.EXACT, "clickhouse");
    }
}
