// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is killed and started again while rows are written. */
class ClickHouseKillITCase {

    private static final int ROWS = 200_000;
    private static final int KILLS = 3;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void everyRowArrivesThoughTheServerIsKilled() throws Exception {
        try (ClickHouseServer server = RequiredServer.started(ClickHouseServer.create())) {
            TestTarget target = TestTarget.on(server);
            // A deduplication window makes a block that is sent again count once.
            target.sql(
                    "CREATE TABLE k (id Int64, v String) ENGINE = MergeTree ORDER BY id SETTINGS"
                            + " non_replicated_deduplication_window = 1000");
            TableResult job = start(target);
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitRows(target, job, (long) ROWS * kill / (KILLS + 2));
                server.kill();
                server.start();
            }
            job.await(8, TimeUnit.MINUTES);
            assertThat(target.value("SELECT uniqExact(id) FROM k"))
                    .isEqualTo(Integer.toString(ROWS));
            assertThat(target.value("SELECT count() FROM k")).isEqualTo(Integer.toString(ROWS));
            assertThat(target.value("SELECT countIf(v != concat('row ', toString(id))) FROM k"))
                    .isEqualTo("0");
        }
    }

    private static TableResult start(TestTarget target) {
        StreamTableEnvironment env =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        env.getConfig().set("parallelism.default", "2");
        env.getConfig().set("restart-strategy.type", "none");
        env.getConfig().set("execution.checkpointing.interval", "500ms");
        env.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'datagen', 'fields.id.kind' ="
                        + " 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '"
                        + ROWS
                        + "', 'rows-per-second' = '25000')");
        env.executeSql(
                "CREATE TABLE k (id BIGINT, v STRING) WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri("k", "&batch_size=1000&batch_timeout=200ms")
                        + "', 'username' = 'velo', 'password' = 'velo')");
        return env.executeSql(
                "INSERT INTO k SELECT id, CONCAT('row ', CAST(id AS STRING)) FROM numbers");
    }

    private static void awaitRows(TestTarget target, TableResult job, long rows) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(4));
        while (Long.parseLong(target.value("SELECT count() FROM k")) < rows) {
            String status = job.getJobClient().orElseThrow().getJobStatus().get().name();
            String seen = target.value("SELECT count() FROM k");
            assertThat(Instant.now())
                    .as("waiting for %d rows, there are %s, the job is %s", rows, seen, status)
                    .isBefore(deadline);
            Thread.sleep(20);
        }
    }
}
