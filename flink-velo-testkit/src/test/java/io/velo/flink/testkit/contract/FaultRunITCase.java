// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.LineFaults;
import io.velo.flink.testkit.fault.TaskManagerFaults;
import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs with faults find a sink that is wrong, and refuse to say anything when no fault hit. */
@Timeout(300)
class FaultRunITCase {

    @Test
    void findsASinkThatDoesNotWriteItsBufferAtCheckpoints() throws Exception {
        PlainRedisTarget target = new PlainRedisTarget(PlainRedisScheme.FORGETFUL);
        RequiredServer.started(target.server());
        try {
            Workload workload = Workload.keyed(Workload.anySeed()).changes(8_000).keys(2_000);
            FaultRun run = FaultRun.of(target, workload);
            assertThat(run.run().isClean()).isTrue();

            Verdict verdict =
                    run.faults(4, Duration.ofMillis(500), p -> List.of(LineFaults.reset(p))).run();
            assertThat(verdict.count(Anomaly.LOST)).as(verdict.line("redis")).isPositive();
            assertThatThrownBy(() -> verdict.require(Verdict.Promise.AT_LEAST_ONCE, "redis"))
                    .isInstanceOf(AssertionError.class);
        } finally {
            target.server().close();
        }
    }

    @Test
    void killsTaskManagersUnderTheJob() throws Exception {
        PlainRedisTarget target = new PlainRedisTarget("plainredis");
        RequiredServer.started(target.server());
        try {
            Workload workload = Workload.keyed(Workload.anySeed()).changes(8_000).keys(2_000);
            Verdict verdict =
                    FaultRun.of(target, workload)
                            .faults(
                                    3,
                                    Duration.ofMillis(500),
                                    (proxy, cluster) -> List.of(TaskManagerFaults.kill(cluster)))
                            .run();
            verdict.require(Verdict.Promise.EXACT, "redis");
        } finally {
            target.server().close();
        }
    }

    @Test
    void refusesAVerdictWhenNoFaultHitTheWork() throws Exception {
        PlainRedisTarget target = new PlainRedisTarget("plainredis");
        RequiredServer.started(target.server());
        // The faults strike a line that the work does not use.
        try (FaultProxy idle = FaultProxy.before(target.server().port())) {
            Workload workload = Workload.keyed(1).changes(500).keys(100);
            FaultRun run =
                    FaultRun.of(target, workload)
                            .faults(
                                    3,
                                    Duration.ofMillis(100),
                                    p -> List.of(LineFaults.reset(idle)));
            assertThatThrownBy(run::run)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("between 10 and 90 %");
        } finally {
            target.server().close();
        }
    }
}
