// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exactly-once delivery without faults; the faults are in the scenarios of chaos runs. */
class ExactlyOnceITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void showsRowsWithTheirCheckpointAndLeavesNoStagingBehind() throws Exception {
        database.execute(
                "CREATE TABLE staged (id int8 NOT NULL, v text, at timestamptz DEFAULT now())");
        SqlSession sql = session("staged", "");

        sql.run("INSERT INTO t SELECT n, 'x' FROM numbers");

        assertThat(database.query("SELECT count(*) || ' ' || count(DISTINCT id) FROM staged"))
                .containsExactly("30000 30000");
        assertThat(database.query("SELECT count(at) FROM staged")).containsExactly("30000");
        assertThat(
                        database.query(
                                "SELECT relname FROM pg_class WHERE relname LIKE 'velo%' AND"
                                        + " relkind = 'r'"))
                .containsExactly("velo_commits");
        // The last one of each subtask.
        assertThat(database.query("SELECT count(*) FROM velo_commits").get(0)).isIn("1", "2");
    }

    @Test
    void leavesRowsThatAreThereWhenAsked() throws Exception {
        database.execute("CREATE TABLE kept (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO kept VALUES (1, 'old')");
        SqlSession sql = session("kept", "&on_conflict=ignore");

        sql.run("INSERT INTO t SELECT n, 'new' FROM numbers");

        assertThat(database.query("SELECT count(*) FROM kept WHERE v = 'new'"))
                .containsExactly("29999");
    }

    @Test
    void saysWhatPreparedTransactionsNeed() throws Exception {
        database.execute("CREATE TABLE prepared (id int8, v text)");
        assertThatThrownBy(
                        () ->
                                session("prepared", "&sink.commit_method=prepared")
                                        .run("INSERT INTO t SELECT n, 'x' FROM numbers"))
                .hasStackTraceContaining("max_prepared_transactions");
    }

    @Test
    void doesNotTakeAMissingTableOfATriggerForMissingRows() throws Exception {
        try (TestDatabase own = TestDatabase.create()) {
            own.execute("CREATE TABLE triggered (id int8, v text)");
            own.execute(
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN INSERT INTO nowhere VALUES (1); RETURN NEW; END'");
            own.execute(
                    "CREATE TRIGGER noted BEFORE INSERT ON triggered"
                            + " FOR EACH ROW EXECUTE FUNCTION note()");
            SqlSession sql = session(own, "triggered", "");

            assertThatThrownBy(() -> sql.run("INSERT INTO t SELECT n, 'x' FROM numbers"))
                    .hasStackTraceContaining("VELO-SCH-004")
                    .hasStackTraceContaining("nowhere")
                    .extracting(ExceptionUtils::stringifyException)
                    .asString()
                    .doesNotContain("VELO-IO-007");
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        database.execute("CREATE TABLE keyed (id int8 PRIMARY KEY, v text)");
        assertThatThrownBy(
                        () -> {
                            SqlSession sql = SqlSession.streaming();
                            sql.run(
                                    "INSERT INTO `"
                                            + database.uri(
                                                    "table=keyed&sink.delivery_guarantee="
                                                            + "exactly_once")
                                            + "` VALUES (1, 'x')");
                        })
                .hasStackTraceContaining("VELO-CAP-002");
    }

    private static SqlSession session(String table, String parameters) throws Exception {
        return session(database, table, parameters);
    }

    private static SqlSession session(TestDatabase database, String table, String parameters)
            throws Exception {
        SqlSession sql = SqlSession.streaming().set("execution.checkpointing.interval", "200 ms");
        sql.run(
                "CREATE TABLE t (id BIGINT NOT NULL, v STRING) WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table + parameters)
                        + "','sink.delivery-guarantee'='exactly-once')");
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT NOT NULL) WITH ('connector'='datagen',"
                        + "'rows-per-second'='30000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='30000')");
        return sql;
    }
}
