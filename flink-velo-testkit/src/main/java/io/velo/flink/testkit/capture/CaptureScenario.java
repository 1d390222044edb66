// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.chaos.ChaosRun;
import io.velo.flink.testkit.chaos.ChaosScenario;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.server.PostgresServer;
import java.time.Duration;
import java.util.Set;

/**
 * A random table under random transactions, captured by a job, while a TaskManager is killed every
 * 20 s and the server every 60 s, at moments that the seed determines.
 *
 * @param name the scenario's name
 * @param parameters of the URI, such as {@code &snapshot_strategy=ctid}
 */
public record CaptureScenario(String name, String parameters) implements ChaosScenario {

    private static final KillRates KILLS =
            new KillRates(Duration.ofSeconds(20), Duration.ofSeconds(60));

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public Set<PlantedBug> plantable() {
        return CaptureRun.PLANTABLE;
    }

    @Override
    public Verdict run(ChaosRun run) throws Exception {
        try (PostgresServer server = PostgresServer.create()) {
            server.start();
            return new CaptureRun(
                            run.seed(),
                            run.length(),
                            KILLS,
                            "&snapshot_chunk_bytes=64kb" + parameters,
                            run.bug())
                    .run(server);
        }
    }
}
