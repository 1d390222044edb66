// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.capture.CaptureRun;
import io.velo.flink.testkit.capture.KillRates;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random tables under random transactions, while a TaskManager and the server are killed: the job's
 * table equals the real one, and the changes of each key are those that Debezium saw. The long runs
 * are {@code ./velo chaos postgres}. Seed 1 gives a table with full before-images, the others
 * tables whose before-images are keys.
 */
@Timeout(300)
class RandomCaptureITCase {

    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final KillRates KILLS = new KillRates(LENGTH, LENGTH);

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = RequiredServer.started(PostgresServer.create());
    }

    @AfterAll
    static void endServer() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "seed {0}, {1}")
    @CsvSource({"1,key", "2,ctid", "3,key", "4,key", "5,ctid"})
    void capturesEveryChangeOnce(long seed, String strategy) throws Exception {
        Verdict verdict = run(seed, strategy);

        verdict.require(Verdict.Promise.EXACT, "postgresql");
    }

    @Test
    void findsRowsThatAreLostOnPurpose() throws Exception {
        Verdict verdict =
                new CaptureRun(1, Duration.ofSeconds(2), null, "", PlantedBug.LOSE_LAST_BATCH)
                        .run(server);

        assertThat(verdict.isClean()).isFalse();
    }

    private static Verdict run(long seed, String strategy) throws Exception {
        String parameters = "&snapshot_chunk_bytes=64kb&snapshot_strategy=" + strategy;
        return new CaptureRun(seed, LENGTH, KILLS, parameters, null).run(server);
    }
}
