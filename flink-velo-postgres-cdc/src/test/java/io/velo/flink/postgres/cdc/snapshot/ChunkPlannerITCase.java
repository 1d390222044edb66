// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.cdc.SnapshotSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is known of a table before it is read. */
class ChunkPlannerITCase {

    @Test
    void rowsAreEstimatedByWhatTheServerHasCounted() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(
                    "CREATE TABLE t (id int PRIMARY KEY) WITH (autovacuum_enabled = off);"
                            + " INSERT INTO t SELECT i FROM generate_series(1, 1000) i;"
                            + " CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);"
                            + " CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500);"
                            + " CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (500) TO (9000);"
                            + " INSERT INTO p SELECT i FROM generate_series(1, 700) i");
            try (PostgresSession session = database.session()) {
                assertThat(estimated(session, "t")).isEqualTo(ChunkPlanner.UNKNOWN);
                database.execute("ANALYZE t; ANALYZE p");
                assertThat(estimated(session, "t")).isEqualTo(1000);
                assertThat(estimated(session, "p")).as("partitions, once").isEqualTo(700);
            }
        }
    }

    private static long estimated(PostgresSession session, String table) throws SQLException {
        SnapshotSettings settings =
                new SnapshotSettings(
                        Splitting.Strategy.AUTO, Splitting.Consistency.CHUNK, 1 << 20, 1_000);
        return new ChunkPlanner(session, settings, "e:")
                .tryEstimate(SnapshotTable.tryRead(session, TableName.of("public", table)));
    }
}
