// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookup joins against the real server. */
class LookupITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;
    private TableEnvironment env;

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
        env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        env.getConfig().set("parallelism.default", "1");
        env.getConfig().set("table.local-time-zone", "UTC");
        env.executeSql(
                "CREATE TEMPORARY VIEW asked AS SELECT *, PROCTIME() AS p FROM (VALUES"
                        + " (CAST(1 AS BIGINT), 'a'), (2, 'b'), (1, 'a'), (7, 'it''s'),"
                        + " (CAST(NULL AS BIGINT), 'n'), (9, '\\')) AS v (id, word)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "partial', 'lookup.partial-cache.max-rows' = '100", "full"})
    void rowsAreFoundByKey(String cache) throws Exception {
        target.sql(
                "CREATE TABLE names (id Int64, name LowCardinality(String), tags Array(String))"
                        + " ENGINE = MergeTree ORDER BY id");
        target.sql(
                "INSERT INTO names VALUES (1, 'one', ['x']), (1, 'uno', []), (2, 'two', ['y',"
                        + " 'z']), (8, 'eight', [])");
        create("names", "id BIGINT, name STRING, tags ARRAY<STRING>", cache);
        assertThat(
                        rows(
                                "SELECT a.id, n.name, n.tags FROM asked AS a LEFT JOIN names FOR"
                                        + " SYSTEM_TIME AS OF a.p AS n ON a.id = n.id"))
                .containsExactlyInAnyOrder(
                        "+I[1, one, [x]]",
                        "+I[1, uno, []]",
                        "+I[1, one, [x]]",
                        "+I[1, uno, []]",
                        "+I[2, two, [y, z]]",
                        "+I[7, null, null]",
                        "+I[9, null, null]",
                        "+I[null, null, null]");
    }

    @Test
    void textAndSeveralColumnsAreKeysAndMergedRowsCount() throws Exception {
        target.sql(
                "CREATE TABLE v (word String, id UInt32, v Int64) ENGINE = ReplacingMergeTree(v)"
                        + " ORDER BY (word, id)");
        target.sql("SYSTEM STOP MERGES v");
        target.sql(
                "INSERT INTO v VALUES ('a', 1, 1), ('it\\'s', 7, 2), ('\\\\', 9, 3), ('b', 3, 1)");
        target.sql("INSERT INTO v VALUES ('a', 1, 10)");
        create("v", "v BIGINT, word STRING, id BIGINT", "none");
        assertThat(
                        rows(
                                "SELECT a.word, n.v FROM asked AS a JOIN v FOR SYSTEM_TIME AS OF"
                                        + " a.p AS n ON a.id = n.id AND a.word = n.word"))
                .containsExactlyInAnyOrder("+I[a, 10]", "+I[a, 10]", "+I[it's, 2]", "+I[\\, 3]");
    }

    @Test
    void identifiersDatesAndDecimalsAreKeys() throws Exception {
        target.sql(
                "CREATE TABLE k (u UUID, d Date, m Decimal(9, 2), e Enum('x' = 1), r Int32) ENGINE ="
                        + " MergeTree ORDER BY u");
        target.sql(
                "INSERT INTO k VALUES ('00112233-4455-6677-8899-aabbccddeeff', '2026-01-02', 1.5,"
                        + " 'x', 42)");
        create("k", "u STRING, d DATE, m DECIMAL(9, 2), e STRING, r INT", "none");
        env.executeSql(
                "CREATE TEMPORARY VIEW other AS SELECT *, PROCTIME() AS p FROM (VALUES"
                        + " ('00112233-4455-6677-8899-aabbccddeeff', DATE '2026-01-02', CAST(1.5 AS"
                        + " DECIMAL(9, 2)), 'x'), ('no uuid', DATE '2026-01-02', CAST(1.5 AS"
                        + " DECIMAL(9, 2)), 'unheard of')) AS v (u, d, m, e)");
        assertThat(
                        rows(
                                "SELECT o.u, k.r FROM other AS o LEFT JOIN k FOR SYSTEM_TIME AS OF"
                                        + " o.p AS k ON o.u = k.u AND o.d = k.d AND o.m = k.m AND o.e"
                                        + " = k.e"))
                .containsExactlyInAnyOrder(
                        "+I[00112233-4455-6677-8899-aabbccddeeff, 42]", "+I[no uuid, null]");
    }

    private void create(String table, String columns, String cache) {
        env.executeSql(
                "CREATE TABLE "
                        + table
                        + " ("
                        + columns
                        + ") WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri(table, "")
                        + "', 'username' = 'velo', 'password' = 'velo', 'lookup.cache' = '"
                        + cache
                        + "')");
    }

    private List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = env.executeSql(query).collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
