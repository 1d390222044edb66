// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two opinions that a job is compared with agree: the table and Debezium's history of it. */
@Timeout(180)
class RandomHistoryITCase {

    @ParameterizedTest
    @ValueSource(longs = 2)
    void theHistoryAddsUpToTheTable(long seed) throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create());
                CaptureDatabase database =
                        CaptureDatabase.create(server, CapturedTable.random(seed), seed)) {
            try (RandomWriter writer = RandomWriter.start(database, seed, Duration.ofSeconds(4))) {
                while (writer.part() < 0.5) {
                    Thread.sleep(10);
                }
                server.kill();
                server.start();
                writer.await();
            }
            List<SeenChange> history =
                    new History(database.table()).of(database.history(database.mark()));

            CaptureOracle oracle = new CaptureOracle(seed);
            oracle.compareTable(history, database.rows());
            assertThat(oracle.verdict().examples()).isEmpty();
            assertThat(history.size()).isGreaterThan(2_200);
            assertThat(history).filteredOn(SeenChange::removes).isNotEmpty();
        }
    }
}
