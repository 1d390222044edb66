// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.capture.HoleRun;
import io.velo.flink.testkit.capture.HoleRun.Hole;
import io.velo.flink.testkit.oracle.BrokenPromise;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changes that are made before a snapshot and become visible after it, by insert, update, delete
 * and change of the key: none is lost, none comes twice. {@code ./velo chaos postgres --scenario
 * hole-a} and {@code hole-b} make hundreds of attempts that provably hit the window.
 */
@Timeout(600)
class HoleITCase {

    private static final int TRANSACTIONS = 8;
    private static final int WANTED = 8;
    private static final int MOST_RUNS = 100;

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

    @ParameterizedTest(name = "{0}, {1}, parallelism {2}")
    @CsvSource({"OPEN,key,2", "OPEN,ctid,1", "HELD_BACK,key,1"})
    void losesNothing(Hole hole, String strategy, int parallelism) throws Exception {
        int hits = 0;
        for (int i = 0; i < MOST_RUNS && hits < WANTED; i++) {
            HoleRun.Result result =
                    new HoleRun(hole, strategy, parallelism, TRANSACTIONS, i).run(server);
            if (!result.wrong().isEmpty()) {
                throw new BrokenPromise(result.wrong().toString());
            }
            hits += result.hits();
        }
        assertThat(hits).as("attempts that hit the window").isGreaterThanOrEqualTo(WANTED);
    }
}
