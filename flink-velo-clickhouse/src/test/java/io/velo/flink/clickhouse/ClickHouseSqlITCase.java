// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ClickHouse tables in Flink SQL, on a local cluster and the real server. */
class ClickHouseSqlITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String LOGIN = "'username' = 'velo', 'password' = 'velo'";

    private TestTarget target;

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
    }

    @Test
    void rowsGoInAndComeOutUnchanged() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int32, name Nullable(String), amount Decimal(18, 2), at"
                        + " DateTime64(3, 'UTC'), kind LowCardinality(String), big UInt64) ENGINE ="
                        + " MergeTree ORDER BY id");
        TableEnvironment env = batch();
        String columns =
                "id INT, name STRING, amount DECIMAL(18, 2), `at` TIMESTAMP_LTZ(3), kind STRING,"
                        + " big DECIMAL(20, 0)";
        env.executeSql(create("t", columns, target.uri("t", ""), ""));
        run(
                env,
                "INSERT INTO t VALUES (1, 'a', 1.25, TO_TIMESTAMP_LTZ(1, 3), 'x', CAST('18446744073709551615' AS DECIMAL(20, 0))), (2, CAST(NULL AS STRING), -3.50, TO_TIMESTAMP_LTZ(-1, 3), 'y', 0)");
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("2");
        assertThat(rows(env, "SELECT id, name, amount, kind, big FROM t ORDER BY id"))
                .containsExactly(
                        "+I[1, a, 1.25, x, 18446744073709551615]", "+I[2, null, -3.50, y, 0]");
    }

    @Test
    void columnsAreDiscoveredWhenTheUriIsTheTable() throws Exception {
        target.sql(
                "CREATE TABLE d (id Int64, tags Array(String), v Float64, m Int8 MATERIALIZED 1)"
                        + " ENGINE = ReplacingMergeTree ORDER BY id");
        target.sql("INSERT INTO d (id, v) VALUES (1, 0.5), (2, 1.5)");
        TableEnvironment env = batch();
        String uri = "`" + target.uri("d", "&username=velo&password=velo") + "`";
        assertThat(rows(env, "SELECT * FROM " + uri + " ORDER BY id"))
                .containsExactly("+I[1, [], 0.5]", "+I[2, [], 1.5]");
        run(env, "INSERT INTO " + uri + " SELECT 3, ARRAY['a'], CAST(2.5 AS DOUBLE)");
        assertThat(target.value("SELECT count() FROM d")).isEqualTo("3");
    }

    @Test
    void aTableThatIsPartitionedInFlinkIsMadeSoAndTakesRows() throws Exception {
        TableEnvironment env = batch();
        env.executeSql(
                create("v", "id BIGINT, kind STRING NOT NULL", target.uri("v", ""), "")
                        .replace(
                                ") WITH (", ") PARTITIONED BY (kind) WITH ('auto-create'='true',"));
        run(env, "INSERT INTO v VALUES (1, 'a'), (2, 'b')");
        run(env, "INSERT INTO v PARTITION (kind = 'c') SELECT id FROM (VALUES (3), (4)) AS q (id)");
        assertThat(
                        target.sql("SELECT id, kind FROM v ORDER BY id").stream()
                                .map(row -> String.join("=", row)))
                .containsExactly("1=a", "2=b", "3=c", "4=c");
        assertThat(
                        target.value(
                                "SELECT partition_key FROM system.tables WHERE name = 'v' AND"
                                        + " database = currentDatabase()"))
                .isEqualTo("kind");
        assertThatThrownBy(
                        () ->
                                run(
                                        env,
                                        "INSERT OVERWRITE v PARTITION (kind = 'c') SELECT id FROM"
                                                + " (VALUES (5)) AS q (id)"))
                .hasStackTraceContaining("without PARTITIONED BY");
    }

    @Test
    void onlyTheColumnsThatAreUsedAreRead() throws Exception {
        target.sql("CREATE TABLE p (a Int32, b String, c Int8) ENGINE = MergeTree ORDER BY a");
        target.sql("INSERT INTO p SELECT number, toString(number), 1 FROM numbers(100000)");
        TableEnvironment env = batch();
        env.executeSql(create("p", "c TINYINT, b STRING, a INT", target.uri("p", ""), ""));
        assertThat(rows(env, "SELECT count(*) FROM p")).containsExactly("+I[100000]");
        assertThat(rows(env, "SELECT sum(a) FROM p")).containsExactly("+I[704982704]");
        assertThat(rows(env, "SELECT b, a FROM p WHERE a = 99999"))
                .containsExactly("+I[99999, 99999]");
        assertThat(rows(env, "SELECT c FROM p LIMIT 7")).hasSize(7);
        assertThat(env.explainSql("SELECT b FROM p LIMIT 7"))
                .contains("project=[b]")
                .contains("limit=[7]");
    }

    @Test
    void updatesAndDeletesEndUpInATableThatVeloMakes() throws Exception {
        TableEnvironment env = streaming();
        env.executeSql(
                create(
                        "totals",
                        "k STRING, n BIGINT, PRIMARY KEY (k) NOT ENFORCED",
                        target.uri("totals", "&auto_create=true&batch_size=2"),
                        ""));
        env.executeSql(
                "CREATE TEMPORARY VIEW changes AS SELECT * FROM (VALUES ('a', 1), ('b', 2), ('a',"
                        + " 3), ('c', 4), ('b', 5)) AS t (k, n)");
        run(env, "INSERT INTO totals SELECT k, SUM(CAST(n AS BIGINT)) FROM changes GROUP BY k");
        assertThat(
                        target.sql("SELECT k, n FROM totals FINAL ORDER BY k").stream()
                                .map(row -> String.join("=", row)))
                .containsExactly("a=4", "b=7", "c=4");
        assertThat(
                        target.value(
                                "SELECT engine_full FROM system.tables WHERE name = 'totals' AND database = currentDatabase()"))
                .startsWith("ReplacingMergeTree(_velo_version, _velo_deleted)");
        assertThat(rows(env, "SELECT SUM(n) FROM totals")).last().isEqualTo("+U[15]");
        // A key whose rows all vanish again is deleted.
        run(
                env,
                "INSERT INTO totals SELECT k, COUNT(*) FROM (SELECT k, SUM(n) AS s FROM changes"
                        + " GROUP BY k) WHERE s < 4 GROUP BY k");
        assertThat(target.value("SELECT count() FROM totals FINAL WHERE k = 'a'")).isEqualTo("0");
    }

    @Test
    void aPlainTableRefusesUpdatesWhilePlanning() {
        target.sql("CREATE TABLE plain (k String, n Int64) ENGINE = MergeTree ORDER BY k");
        TableEnvironment env = streaming();
        env.executeSql(
                create(
                        "plain",
                        "k STRING, n BIGINT, PRIMARY KEY (k) NOT ENFORCED",
                        target.uri("plain", ""),
                        ""));
        assertThatThrownBy(
                        () ->
                                env.executeSql(
                                        "INSERT INTO plain SELECT k, COUNT(*) FROM (VALUES ('a'))"
                                                + " AS t (k) GROUP BY k"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("its engine MergeTree keeps every row")
                .hasMessageContaining("auto_create=true");
    }

    @Test
    void aStreamThatOnlyInsertsGoesIntoAnyTable() throws Exception {
        target.sql("CREATE TABLE s (k String, n Int64) ENGINE = MergeTree ORDER BY k");
        TableEnvironment env = streaming();
        env.executeSql(create("s", "k STRING, n BIGINT", target.uri("s", ""), ""));
        env.executeSql(
                create(
                        "keyed",
                        "k STRING, n BIGINT, PRIMARY KEY (k) NOT ENFORCED",
                        target.uri("s", ""),
                        ""));
        run(env, "INSERT INTO s VALUES ('a', 1)");
        run(env, "INSERT INTO keyed VALUES ('a', 2)");
        assertThat(target.value("SELECT sum(n) FROM s")).isEqualTo("3");
    }

    @Test
    void aWrongEngineIsFoundBeforeTheFirstRow() {
        target.sql("CREATE TABLE e (k String) ENGINE = MergeTree ORDER BY k");
        TableEnvironment env = batch();
        env.executeSql(create("e", "k STRING", target.uri("e", "&engine=ReplacingMergeTree"), ""));
        assertThatThrownBy(() -> run(env, "INSERT INTO e VALUES ('a')"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("has the engine MergeTree");
        assertThat(target.value("SELECT count() FROM e")).isEqualTo("0");
    }

    @Test
    void aMissingTableIsNamedWithTheNearestOne() {
        target.sql("CREATE TABLE flights (id Int32) ENGINE = MergeTree ORDER BY id");
        TableEnvironment env = batch();
        env.executeSql(create("f", "id INT", target.uri("flihgts", ""), ""));
        assertThatThrownBy(() -> rows(env, "SELECT * FROM f"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-SCH-004")
                .hasMessageContaining("Did you mean 'flights'?");
    }

    @Test
    void aWrongPasswordIsSaidWithoutThePassword() {
        target.sql("CREATE TABLE w (id Int32) ENGINE = MergeTree ORDER BY id");
        TableEnvironment env = batch();
        String login = "'username' = 'velo', 'password' = 'canary-5c1d'";
        env.executeSql(
                "CREATE TABLE w (id INT) WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri("w", "")
                        + "', "
                        + login
                        + ")");
        assertThatThrownBy(() -> run(env, "INSERT INTO w VALUES (1)"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-IO-002")
                .message()
                .doesNotContain("canary-5c1d");
    }

    @Test
    void aColumnOfTheWrongTypeIsFoundBeforeTheFirstRow() {
        target.sql("CREATE TABLE x (id Int32, v Date) ENGINE = MergeTree ORDER BY id");
        TableEnvironment env = batch();
        env.executeSql(create("x", "id INT, v DOUBLE", target.uri("x", ""), ""));
        assertThatThrownBy(() -> run(env, "INSERT INTO x VALUES (1, 1.5e0)"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-SCH-002")
                .hasMessageContaining("Declare it as DATE");
        assertThatThrownBy(() -> rows(env, "SELECT v FROM x"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("VELO-SCH-002");
        env.executeSql(create("y", "id INT, v ARRAY<INT>", target.uri("x", ""), ""));
        assertThatThrownBy(() -> rows(env, "SELECT v FROM y"))
                .extracting(ClickHouseSqlITCase::innermost)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("ARRAY<INT>");
    }

    @Test
    void anErrorInTheMiddleOfTheAnswerFailsTheQuery() {
        target.sql(
                "CREATE VIEW broken AS SELECT number AS n, throwIf(number = 3000000, 'poison') AS"
                        + " bad FROM numbers(4000000)");
        for (String compression : List.of("lz4", "none")) {
            TableEnvironment env = batch();
            env.executeSql(
                    create(
                            "broken",
                            "n DECIMAL(20, 0), bad SMALLINT",
                            target.uri("broken", "&compression=" + compression),
                            ""));
            assertThatThrownBy(() -> rows(env, "SELECT SUM(n + bad) FROM broken"))
                    .extracting(ClickHouseSqlITCase::innermost)
                    .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                    .hasMessageContaining("VELO-IO-005")
                    .hasMessageContaining("poison");
        }
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }

    private static TableEnvironment batch() {
        return environment(EnvironmentSettings.inBatchMode());
    }

    private static TableEnvironment streaming() {
        return environment(EnvironmentSettings.inStreamingMode());
    }

    private static TableEnvironment environment(EnvironmentSettings settings) {
        TableEnvironment env =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(), settings);
        env.getConfig().set("parallelism.default", "2");
        env.getConfig().set("restart-strategy.type", "none");
        env.executeSql("CREATE CATALOG velo WITH ('type' = 'velo')");
        env.executeSql("USE CATALOG velo");
        return env;
    }

    private static String create(String name, String columns, String uri, String more) {
        return "CREATE TABLE "
                + name
                + " ("
                + columns
                + ") WITH ('connector' = 'velo', 'uri' = '"
                + uri
                + "', "
                + LOGIN
                + more
                + ")";
    }

    private static void run(TableEnvironment env, String insert) throws Exception {
        env.executeSql(insert).await();
    }

    private static List<String> rows(TableEnvironment env, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = env.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
