// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and states for columns of type AggregateFunction, on the real server. */
class AggregateITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final String COLUMNS =
            "k INT, total BIGINT, names STRING, latest ROW<v STRING, `at` BIGINT>, p DOUBLE,"
                    + " top BIGINT";

    private static final String ROWS =
            "SELECT k, total, names, ROW(v, `at`), p, top FROM (VALUES (1, CAST(5 AS BIGINT), 'a',"
                    + " 'old', CAST(1 AS BIGINT), CAST(1 AS DOUBLE), CAST(9 AS BIGINT)), (1, 7,"
                    + " 'b', 'new', 3, 3, 10), (2, 1, 'c', 'it''s', 2, 5, 4)) AS q (k, total, names,"
                    + " v, `at`, p, top)";

    private static final String RESULT =
            "SELECT k, sumMerge(total), uniqMerge(names), argMaxMerge(latest),"
                    + " quantilesMerge(0, 1)(p), max(top) FROM %s GROUP BY k ORDER BY k";

    private final TestTarget target = TestTarget.create();
    private TableEnvironment sql;

    @BeforeEach
    void createTables() {
        sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        sql.getConfig().set("parallelism.default", "1");
        for (String table : List.of("a", "b")) {
            target.sql(
                    "CREATE TABLE "
                            + table
                            + " (k Int32, total AggregateFunction(sum, Int64), names"
                            + " AggregateFunction(uniq, LowCardinality(String)), latest"
                            + " AggregateFunction(argMax, String, Nullable(Int64)), p"
                            + " AggregateFunction(quantiles(0, 1), Float64), top"
                            + " SimpleAggregateFunction(max, Int64)) ENGINE = AggregatingMergeTree"
                            + " ORDER BY k SETTINGS non_replicated_deduplication_window = 100");
        }
    }

    private void declare(String name, String columns, String table, String more) {
        sql.executeSql(
                "CREATE TEMPORARY TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + target.uri(table, more)
                        + "','username'='velo','password'='velo')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&format=rowbinary",
                "&format=parquet",
                "&format=arrow",
                "&sink_delivery_guarantee=exactly-once"
            })
    void valuesBecomeStates(String more) throws Exception {
        declare("a", COLUMNS, "a", more);
        sql.executeSql("INSERT INTO a " + ROWS).await();
        sql.executeSql("INSERT INTO a " + ROWS).await();
        assertThat(target.sql(RESULT.formatted("a")))
                .containsExactly(
                        List.of("1", "24", "2", "new", "[1,3]", "10"),
                        List.of("2", "2", "1", "it's", "[5,5]", "4"));
    }

    @Test
    void statesAreReadAndWrittenAsTheyAre() throws Exception {
        declare("a", COLUMNS, "a", "");
        sql.executeSql("INSERT INTO a " + ROWS).await();
        String states = "k INT, total BYTES, names BYTES, latest BYTES, p BYTES, top BIGINT";
        declare("a_states", states, "a", "");
        declare("b_states", states, "b", "");
        sql.executeSql("INSERT INTO b_states SELECT * FROM a_states").await();
        assertThat(target.sql(RESULT.formatted("b")))
                .isEqualTo(target.sql(RESULT.formatted("a")))
                .hasSize(2);
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        declare("wrong", "k INT, total STRING", "a", "");
        assertThatThrownBy(() -> sql.executeSql("INSERT INTO wrong SELECT 1, 'x'").await())
                .hasStackTraceContaining("Column 'total' is declared STRING");
        assertThat(target.value("SELECT count() FROM a")).isEqualTo("0");
    }

    @Test
    void nullHasNoDefaultWhereStatesAreMade() throws Exception {
        target.sql(
                "CREATE TABLE sums (k Int32, total AggregateFunction(sum, Int64)) ENGINE ="
                        + " AggregatingMergeTree ORDER BY k");
        declare("nulls", "k INT, total BIGINT", "sums", "&null_mode=default");
        assertThatThrownBy(
                        () ->
                                sql.executeSql("INSERT INTO nulls SELECT 1, CAST(1 AS BIGINT)")
                                        .await())
                .hasStackTraceContaining("'null-mode'='default' has no effect on column 'total'");
        declare("values_only", "k INT, total BIGINT NOT NULL", "sums", "&null_mode=default");
        sql.executeSql("INSERT INTO values_only SELECT 1, CAST(1 AS BIGINT)").await();
        assertThat(target.value("SELECT count() FROM sums")).isEqualTo("1");
    }
}
