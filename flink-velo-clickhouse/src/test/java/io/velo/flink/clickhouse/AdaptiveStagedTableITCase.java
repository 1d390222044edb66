// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables of a query under the scheduler that tells a table of every restart as if of the end. */
class AdaptiveStagedTableITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(adaptive())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final TestTarget target = TestTarget.create();

    private static Configuration adaptive() {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        configuration.set(
                JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT,
                Duration.ofMillis(10));
        return configuration;
    }

    @Test
    void aJobThatIsRestartedDoesNotGoOnWithoutItsRows() {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.getConfig().set("parallelism.default", "1");
        sql.getConfig().set("table.rtas-ctas.atomicity-enabled", "true");
        sql.getConfig().set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        sql.getConfig().set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        target.sql("CREATE TABLE words (id Int64, v String) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO words VALUES (1, '1'), (2, 'c')");
        sql.executeSql(
                "CREATE CATALOG ch WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo')");
        String from = " FROM ch." + target.database() + ".words";
        String made = "ch." + target.database() + ".made";
        assertThatThrownBy(
                        () ->
                                sql.executeSql(
                                                "CREATE TABLE "
                                                        + made
                                                        + " AS SELECT id, CAST(v AS INT) AS v"
                                                        + from)
                                        .await())
                .hasStackTraceContaining("The job was restarted");
        assertThat(target.value("SHOW TABLES")).isEqualTo("words");
    }
}
