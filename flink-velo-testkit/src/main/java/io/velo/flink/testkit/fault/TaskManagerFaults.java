// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import io.velo.flink.testkit.cluster.LocalCluster;

/** Faults of the cluster that runs the job. */
public final class TaskManagerFaults {

    private TaskManagerFaults() {}

    /** Kills a TaskManager with all tasks on it; a new one comes at the end. */
    public static Fault kill(LocalCluster cluster) {
        return new SimpleFault(
                "kill TaskManager",
                cluster::killTaskManager,
                () -> {
                    cluster.startTaskManager();
                    return Fault.Effect.DISTURBED;
                });
    }
}
