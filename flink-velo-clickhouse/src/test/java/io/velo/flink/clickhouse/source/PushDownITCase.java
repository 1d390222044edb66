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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every query gives the same answer whether the server or Flink does the work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushDownITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;
    private TableEnvironment on;
    private TableEnvironment off;

    @BeforeAll
    void createTables() {
        target = TestTarget.create();
        target.sql(
                "CREATE TABLE t (id Int64, n Nullable(Int32), u UInt64, f Float64, dec Decimal(9,"
                        + " 2), s Nullable(String), low LowCardinality(String), e Enum8('b' = 1,"
                        + " 'a' = 2), d Date, at DateTime64(3, 'UTC'), sec DateTime, ok Bool, uid"
                        + " UUID, tup Tuple(x Int32, y Tuple(z String)), arr Array(Int32), fs"
                        + " FixedString(3)) ENGINE = MergeTree PARTITION BY id % 4 ORDER BY (low,"
                        + " id) SETTINGS index_granularity = 64");
        target.sql(
                "INSERT INTO t SELECT number, if(number % 7 = 0, NULL, number % 50 - 25),"
                        + " number * 3, [0.5, nan, -1.5, inf][number % 4 + 1], number % 100 - 50.25,"
                        + " [NULL, 'a%b', 'a\\\\\\\\b', 'Zürich', '', 'a_b'][number % 6 + 1],"
                        + " ['x', 'y', 'Z'][number % 3 + 1], number % 2 + 1, toDate(number % 9),"
                        + " toDateTime64(1000000 + number / 8, 3, 'UTC'), 1000 + number % 60,"
                        + " number % 5 = 0, toUUID(concat('00000000-0000-0000-0000-00000000000',"
                        + " toString(number % 8))), ((number % 11)::Int32, tuple(toString(number %"
                        + " 3))), [number % 3], 'ab' FROM numbers(3000)");
        target.sql("CREATE TABLE r (k Int64, v Int64) ENGINE = ReplacingMergeTree(v) ORDER BY k");
        target.sql("SYSTEM STOP MERGES r");
        target.sql("INSERT INTO r SELECT number % 500, number FROM numbers(1000)");
        target.sql("INSERT INTO r SELECT number % 500, 5000 + number FROM numbers(800)");
    }

    @BeforeEach
    void createEnvironments() {
        on = environment("true");
        off = environment("false");
    }

    private TableEnvironment environment(String pushed) {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("table.local-time-zone", "UTC");
        env.getConfig().set("parallelism.default", "2");
        env.getConfig().set("table.optimizer.source.predicate-pushdown-enabled", pushed);
        env.getConfig().set("table.optimizer.source.aggregate-pushdown-enabled", pushed);
        create(
                env,
                "t",
                "id BIGINT NOT NULL, n INT, u DECIMAL(20, 0), f DOUBLE, `dec` DECIMAL(9, 2), s STRING,"
                        + " low STRING, e STRING, d DATE, `at` TIMESTAMP_LTZ(3), sec TIMESTAMP_LTZ(0), ok"
                        + " BOOLEAN, uid STRING, tup ROW<x INT, y ROW<z STRING>>, arr ARRAY<INT>, fs STRING,"
                        + " part STRING METADATA FROM '_partition_id' VIRTUAL");
        create(
                env,
                "t",
                "a",
                "id BIGINT NOT NULL, n INT, f DOUBLE, s STRING, low STRING, e STRING, d DATE,"
                        + " `at` TIMESTAMP_LTZ(3), ok BOOLEAN, tup ROW<x INT, y ROW<z STRING>>, arr ARRAY<INT>, part STRING METADATA FROM '_partition_id' VIRTUAL");
        create(env, "r", "k BIGINT, v BIGINT");
        return env;
    }

    private void create(TableEnvironment env, String table, String columns) {
        create(env, table, table, columns);
    }

    private void create(TableEnvironment env, String table, String name, String columns) {
        env.executeSql(
                "CREATE TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri(table, "&split_rows=300")
                        + "', 'username' = 'velo', 'password' = 'velo')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 5",
                "5 < n AND n <> 7",
                "n <= 5 OR id > 2990",
                "NOT (n > 0)",
                "n IS NULL",
                "n IS NOT NULL AND id < 10",
                "n BETWEEN 3 AND 6",
                "n IN (1, 2, 3, 4, 5, 6, 7)",
                "n NOT IN (1, 2)",
                "(n > 0) IS TRUE AND id < 50",
                "(n > 0) IS NOT FALSE AND id < 50",
                "u > 8000",
                "f > 0",
                "f <> 0.5",
                "`dec` = 1.75",
                "`dec` >= 49.70",
                "s = 'a\\b'",
                "s > 'a' AND s < 'b'",
                "s LIKE 'a%'",
                "s LIKE 'a\\%'",
                "s LIKE '%rich'",
                "s LIKE 'a_b'",
                "s = ''",
                "low = 'Z' AND s IS NOT NULL",
                "low >= 'y'",
                "e = 'a' AND id < 20",
                "e > 'a' AND id < 20",
                "e = 'unheard of'",
                "e LIKE 'b%' AND id < 20",
                "d = DATE '1970-01-03'",
                "d > DATE '1970-01-07'",
                "`at` > CAST(TIMESTAMP '1970-01-12 13:52:50.125' AS TIMESTAMP_LTZ(3))",
                "sec < CAST(TIMESTAMP '1970-01-01 00:16:45' AS TIMESTAMP_LTZ(3))",
                "ok AND id < 40",
                "NOT ok AND id < 9",
                "uid = '00000000-0000-0000-0000-000000000003'",
                "tup.x = 10",
                "fs = 'ab' AND id < 5",
                "id = u AND id >= 0",
                "CHAR_LENGTH(s) = 6"
            })
    void conditions(String condition) throws Exception {
        String query = "SELECT id, n, s, f, `at`, tup.y.z FROM t WHERE " + condition;
        assertSame(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*), COUNT(n), MIN(n), MAX(n), SUM(n), AVG(n) FROM a",
                "SELECT COUNT(*), MIN(n), SUM(id), MAX(s) FROM a WHERE id < 0",
                "SELECT low, COUNT(*), MIN(`at`), MAX(d), MIN(e) FROM a GROUP BY low",
                "SELECT e, ok, SUM(id), AVG(n) FROM a WHERE n > 0 GROUP BY e, ok",
                "SELECT n, COUNT(s) FROM a GROUP BY n HAVING COUNT(s) > 1",
                "SELECT low, AVG(`dec`), COUNT(*) FROM t GROUP BY low",
                "SELECT SUM(f), MIN(f) FROM a WHERE f < 1",
                "SELECT COUNT(DISTINCT n) FROM a",
                "SELECT s, MAX(low) FROM a GROUP BY s",
                "SELECT COUNT(*), SUM(v), MIN(v) FROM r",
                "SELECT k, SUM(v) FROM r WHERE v > 5700 GROUP BY k",
                "SELECT part, COUNT(*) FROM a GROUP BY part",
                "SELECT arr[1], tup FROM a WHERE id < 7",
                "SELECT * FROM r WHERE v < 400"
            })
    void aggregatesAndColumns(String query) throws Exception {
        assertSame(query);
    }

    private void assertSame(String query) throws Exception {
        assertThat(rows(on, query)).containsExactlyInAnyOrderElementsOf(rows(off, query));
    }

    @Test
    void theServerDoesTheWork() throws Exception {
        assertThat(on.explainSql("SELECT id FROM t WHERE n > 5 AND s LIKE 'a%' AND e = 'a'"))
                .contains("filter=[and(and(>(n, 5)")
                .contains("project=[id]")
                .doesNotContain("where=");
        assertThat(on.explainSql("SELECT low, COUNT(*), SUM(n) FROM a GROUP BY low"))
                .contains("aggregates=[");
        assertThat(on.explainSql("SELECT tup.y.z FROM t")).contains("project=[tup_y_z]");
        assertThat(on.explainSql("SELECT id FROM t WHERE CHAR_LENGTH(s) = 6")).contains("where=");
        assertThat(rows(on, "SELECT id FROM t WHERE n > 5 LIMIT 3")).hasSize(3);
    }

    @Test
    void thePlannerKnowsHowManyRowsThereAre() {
        assertThat(
                        on.explainSql(
                                "SELECT id FROM t",
                                org.apache.flink.table.api.ExplainDetail.ESTIMATED_COST))
                .contains("rowcount = 3000.0");
    }

    @Test
    void aQueryIsATable() throws Exception {
        String uri =
                target.uri("t", "&query=SELECT low AS name, count() AS c FROM t GROUP BY low")
                        .replace("table=t&", "");
        on.executeSql(
                "CREATE TABLE q (name STRING, c DECIMAL(20, 0)) WITH ('connector' = 'velo', 'uri' = '"
                        + uri
                        + "', 'username' = 'velo', 'password' = 'velo')");
        assertThat(rows(on, "SELECT name, c FROM q WHERE name > 'Z'"))
                .containsExactlyInAnyOrder("+I[x, 1000]", "+I[y, 1000]");
    }

    private static List<String> rows(TableEnvironment env, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = env.executeSql(query).collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
