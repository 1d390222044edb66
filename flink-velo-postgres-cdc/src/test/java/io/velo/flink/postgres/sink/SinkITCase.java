// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What INSERT INTO does to tables of a real server. */
class SinkITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static TestDatabase database;
    private static int tables;

    private final String table = "t" + ++tables;
    private SqlSession sql;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void open() {
        sql = SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
    }

    @Test
    void addsRowsWithoutAKey() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8, v text)");
        declare("id BIGINT, v STRING", "");

        sql.run("INSERT INTO t VALUES (1, 'a'), (2, CAST(NULL AS STRING)), (1, 'a')");

        assertThat(rows("id || coalesce(v, '-')")).containsExactly("1a", "1a", "2-");
    }

    @Test
    void replacesRowsByKey() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text, w text)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old', 'kept'), (9, 'x', 'y')");
        declare("id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED", "");

        sql.run("INSERT INTO t VALUES (1, 'new'), (2, 'b')");

        assertThat(rows("id || v || coalesce(w, '-')")).containsExactly("1newkept", "2b-", "9xy");
    }

    @Test
    void replacesManyRowsThroughATemporaryTable() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text)");
        declare("id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED", "");
        for (String value : new String[] {"one", "two"}) {
            numbers(12_000);
            sql.run("INSERT INTO t SELECT n, '" + value + "' FROM numbers");
        }

        assertThat(database.query("SELECT count(*) || min(v) || max(v) FROM " + table))
                .containsExactly("12000twotwo");
    }

    @Test
    void leavesRowsThatAreThere() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old')");
        String uri = database.uri("table=" + table + "&on_conflict=IGNORE");

        sql.run("INSERT INTO `" + uri + "` VALUES (1, 'new'), (2, 'first'), (2, 'first')");

        assertThat(rows("id || v")).containsExactly("1old", "2first");
    }

    @Test
    void rejectsRowsThatAreThere() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old')");
        declare("id BIGINT, v STRING", "&on_conflict=error");

        assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (2, 'b'), (1, 'new')"))
                .hasStackTraceContaining("VELO-SCH-005")
                .hasStackTraceContaining("SQLSTATE 23505");
        assertThat(rows("id || v")).containsExactly("1old");
    }

    @Test
    void writesOnlyTheColumnsThatAreNamed() throws Exception {
        database.execute(
                "CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text DEFAULT 'd', w int4)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old', 5)");
        declare("id BIGINT, v STRING, w INT, PRIMARY KEY (id) NOT ENFORCED", "");

        sql.run("INSERT INTO t (id, w) VALUES (1, 6), (2, 7)");

        assertThat(rows("id || v || w")).containsExactly("1old6", "2d7");
    }

    @Test
    void leavesGeneratedColumnsToTheServer() throws Exception {
        database.execute(
                "CREATE TABLE "
                        + table
                        + " (id int8 GENERATED ALWAYS AS IDENTITY, a int4,"
                        + " b int4 GENERATED ALWAYS AS (a * 2) STORED)");
        declare("id BIGINT, a INT, b INT", "");

        sql.run("INSERT INTO t VALUES (70, 3, 0)");

        assertThat(rows("id || ' ' || a || ' ' || b")).containsExactly("1 3 6");
    }

    @Test
    void writesTheKeyOfAnIdentityColumn() throws Exception {
        database.execute(
                "CREATE TABLE "
                        + table
                        + " (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int4)");
        declare("id BIGINT, a INT, PRIMARY KEY (id) NOT ENFORCED", "");

        sql.run("INSERT INTO t VALUES (70, 3)");
        sql.run("INSERT INTO t VALUES (70, 4)");

        assertThat(rows("id || ' ' || a")).containsExactly("70 4");
    }

    @Test
    void deletesAndMovesKeysInTheirOrder() throws Exception {
        database.execute("CREATE TABLE " + table + " (g text PRIMARY KEY, n int8)");
        sql = SqlSession.streaming().set("table.exec.sink.require-on-conflict", "false");
        declare("g STRING, n BIGINT, PRIMARY KEY (g) NOT ENFORCED", "");

        // Each count moves on to another key and takes the row of the one before away.
        sql.run(
                "INSERT INTO t SELECT CAST(c AS STRING), COUNT(*) FROM (SELECT k, COUNT(*) AS c"
                        + " FROM (VALUES (1),(1),(1),(2),(2),(3)) AS v(k) GROUP BY k) GROUP BY c");

        assertThat(rows("g || ':' || n")).containsExactly("1:1", "2:1", "3:1");
    }

    @Test
    void takesTheStatementsOfThePageAsTheyAre() throws Exception {
        database.execute(
                "CREATE TABLE "
                        + table
                        + " (id int8 PRIMARY KEY, customer_id int8, amount float8, status text)");
        String path = database.uri("").replace("?", "." + table + "?");
        sql = SqlSession.streaming();
        sql.run(
                "CREATE TEMPORARY VIEW orders AS SELECT CAST(id AS BIGINT) AS id, CAST(7 AS BIGINT)"
                        + " AS customer_id, CAST(amount AS DOUBLE) AS amount"
                        + " FROM (VALUES (1, 2.5), (1, 2.5), (2, 1.0)) AS v(id, amount)");

        sql.run(
                "INSERT INTO `"
                        + database.uri("table=" + table)
                        + "` (id, amount) SELECT id, SUM(amount) FROM orders GROUP BY id");
        sql.run(
                "INSERT INTO `"
                        + path
                        + "on_conflict=ignore` (id, customer_id, amount)"
                        + " SELECT id, customer_id, amount FROM orders");

        assertThat(rows("id || ' ' || amount || coalesce(customer_id, 0)"))
                .containsExactly("1 50", "2 10");
    }

    @Test
    void doesNotGoBackBehindAVersion() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text, ver int8)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'new', 10), (2, 'old', 1)");
        declare(
                "id BIGINT, v STRING, ver BIGINT, PRIMARY KEY (id) NOT ENFORCED",
                "&version_column=ver");

        sql.run("INSERT INTO t VALUES (1, 'x', 9), (2, 'y', 7), (2, 'z', 6), (3, 'a', 1)");

        assertThat(rows("id || v || ver")).containsExactly("1new10", "2y7", "3a1");
    }

    @Test
    void doesNotTouchRowsThatWouldNotChange() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v json)");
        database.execute("INSERT INTO " + table + " VALUES (1, '{}'), (2, '{}')");
        String before = database.query("SELECT xmin::text FROM " + table + " WHERE id=1").get(0);
        declare("id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED", "&skip_unchanged=true");

        sql.run("INSERT INTO t VALUES (1, '{}'), (2, '[]')");

        assertThat(database.query("SELECT xmin::text FROM " + table + " WHERE id=1"))
                .containsExactly(before);
        assertThat(rows("id || v::text")).containsExactly("1{}", "2[]");
    }

    @Test
    void takesKeysThatAreEqualWithOtherBytes() throws Exception {
        database.execute("CREATE TABLE " + table + " (id numeric(5,1) PRIMARY KEY, v text)");
        declare("id DECIMAL(7,3), v STRING, PRIMARY KEY (id) NOT ENFORCED", "");

        sql.run("INSERT INTO t VALUES (1.001, 'a'), (1.002, 'b'), (2.5, 'c')");

        assertThat(rows("id || v")).hasSize(2).contains("2.5c");
    }

    @Test
    @Timeout(120)
    void failsSoonWhenABatchFailsThatTimeHasSealed() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 CHECK (id > 5))");
        sql = SqlSession.streaming();
        declare("id BIGINT", "&batch_timeout=50ms");
        // Some hours of rows and no checkpoint.
        sql.run(
                "CREATE TEMPORARY TABLE slow (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='20','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='1000000')");

        assertThatThrownBy(() -> sql.run("INSERT INTO t SELECT n FROM slow"))
                .hasStackTraceContaining("SQLSTATE 23514");
    }

    @Test
    void saysWhichIndexIsMissing() {
        database.execute("CREATE TABLE " + table + " (id int8, v text)");
        assertThatThrownBy(
                        () -> {
                            declare("id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED", "");
                            sql.run("INSERT INTO t VALUES (1, 'a')");
                        })
                .hasStackTraceContaining("no unique index");
    }

    @Test
    void saysWhatDoesNotFit() {
        database.execute("CREATE TABLE " + table + " (id int8, v date)");
        assertThatThrownBy(
                        () -> {
                            declare("idd BIGINT, v INT", "");
                            sql.run("INSERT INTO t VALUES (1, 1)");
                        })
                .hasStackTraceContaining("has no column 'idd'")
                .hasStackTraceContaining("INT cannot be written into it");
    }

    private void declare(String columns, String parameters) throws Exception {
        sql.run(
                "CREATE TABLE t ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table + parameters)
                        + "')");
    }

    private void numbers(int rows) throws Exception {
        sql.run(
                "CREATE TEMPORARY TABLE IF NOT EXISTS numbers (n BIGINT) WITH ("
                        + "'connector'='datagen','number-of-rows'='"
                        + rows
                        + "','fields.n.kind'='sequence','fields.n.start'='1','fields.n.end'='"
                        + rows
                        + "')");
    }

    private java.util.List<String> rows(String expression) {
        return database.query("SELECT " + expression + " FROM " + table + " ORDER BY 1");
    }
}
