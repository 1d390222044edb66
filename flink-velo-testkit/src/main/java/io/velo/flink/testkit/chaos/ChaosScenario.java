// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import java.util.Set;

/**
 * One way in which a scheme is put under stress: what is written or read, which faults happen to it
 * meanwhile, and what an oracle finds afterwards. {@link ChaosScenarios} lists all of them; {@code
 * velo chaos} runs those of a scheme, and each of them may run many times, one after the other.
 *
 * <p>A sink of changes or of appends needs no class of its own: {@link FaultScenario} runs any
 * {@link io.velo.flink.testkit.contract.SinkTarget}. Others start their own servers and, if they
 * kill TaskManagers, a {@link io.velo.flink.testkit.cluster.LocalCluster}, and close all of it.
 */
public interface ChaosScenario {

    /** The scheme's name as in its specification, such as {@code postgresql}. */
    String scheme();

    /** Lower case with hyphens, different from the scheme's other scenarios. */
    String name();

    /** What the scheme promises here; what that allows does not count as broken. */
    default Verdict.Promise promise() {
        return Verdict.Promise.EXACT;
    }

    /** The planted bugs that {@link #run} can plant and that its oracle can see. */
    Set<PlantedBug> plantable();

    /**
     * Runs the workload to its end under faults and compares.
     *
     * @return what was found, with the run's seed
     * @throws AssertionError if the faults did not hit the work, so that nothing was proved
     * @throws Exception if there is no verdict: a server or a job fails for good
     */
    Verdict run(ChaosRun run) throws Exception;
}
