// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Await;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
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
            try (RandomWriter writer = RandomWriter.start(database, seed)) {
                await(writer, 150);
                server.kill();
                server.start();
                await(writer, 300);
                writer.end();
            }
            List<SeenChange> history = database.history(database.mark());

            CaptureOracle oracle = new CaptureOracle(seed);
            oracle.compareTable(history, database.rows());
            assertThat(oracle.verdict().examples()).isEmpty();
            assertThat(history.size()).isGreaterThan(2_200);
            assertThat(history).filteredOn(SeenChange::removes).isNotEmpty();
        }
    }

    private static void await(RandomWriter writer, long transactions) {
        Await.until(() -> writer.written().transactions() >= transactions);
    }
}
