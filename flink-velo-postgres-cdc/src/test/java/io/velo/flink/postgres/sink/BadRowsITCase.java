// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that the server rejects: they are found among those that it takes. */
class BadRowsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static final String LETTERS =
            "(id text PRIMARY KEY, failed_at timestamptz, role text, stage text, category text,"
                    + " code text, message text, attempt int4, uri text, \"table\" text, position"
                    + " text, key bytea, value bytea, headers jsonb, format text, job text)";

    private static TestDatabase database;
    private static int tables;

    private final String table = "t" + ++tables;
    private final String letters = "dead" + tables;
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
    void open() throws Exception {
        sql = SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
        database.execute("CREATE TABLE " + letters + LETTERS);
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'number-of-rows'='9000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='9000')");
    }

    @Test
    void makesDeadLettersOfPoisonRowsOnlyWhenItCopies() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8, v int4 CHECK (v <> 17))");
        declare("id BIGINT, v INT");

        sql.run("INSERT INTO t SELECT n, CAST(MOD(n, 1000) AS INT) FROM numbers");

        assertThat(count(table)).isEqualTo(9000 - 9);
        assertThat(count(letters)).isEqualTo(9);
        assertThat(
                        database.query(
                                "SELECT concat_ws(' ', role, stage, category, code,"
                                        + " convert_from(value, 'UTF8'), headers) FROM "
                                        + letters
                                        + " ORDER BY convert_from(value, 'UTF8') LIMIT 1"))
                .containsExactly(
                        "sink write validation VELO-SCH-005 {\"id\":1017,\"v\":17}"
                                + " {\"row-kind\": \"+I\", \"sqlstate\": \"23514\"}");
    }

    @Test
    void makesDeadLettersOfPoisonRowsOnlyWhenItUpserts() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v varchar(3))");
        declare("id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED");

        sql.run("INSERT INTO t SELECT n, CAST(MOD(n, 1001) AS STRING) FROM numbers");

        assertThat(count(table)).isEqualTo(9000 - 8);
        assertThat(database.query("SELECT DISTINCT headers->>'sqlstate' FROM " + letters))
                .containsExactly("22001");
        assertThat(count(letters)).isEqualTo(8);
    }

    @Test
    void findsRowsThatOnlyADeferredConstraintRejects() throws Exception {
        database.execute("CREATE TABLE p" + table + " (id int8 PRIMARY KEY)");
        database.execute("INSERT INTO p" + table + " SELECT generate_series(2, 9000)");
        database.execute(
                "CREATE TABLE "
                        + table
                        + " (id int8 REFERENCES p"
                        + table
                        + " DEFERRABLE INITIALLY DEFERRED)");
        declare("id BIGINT");

        sql.run("INSERT INTO t SELECT n FROM numbers");

        assertThat(count(table)).isEqualTo(8999);
        assertThat(database.query("SELECT headers->>'sqlstate' FROM " + letters))
                .containsExactly("23503");
    }

    @Test
    void makesDeadLettersOfRowsThatCannotBeEncoded() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int2, u uuid)");
        declare("id BIGINT, u STRING");

        sql.run(
                "INSERT INTO t VALUES (1, '5e9b2c0e-0000-4000-8000-0123456789ab'), (70000, CAST(NULL"
                        + " AS STRING)), (2, 'no uuid'), (3, '5E9B2C0E000040008000-0123456789AB')");

        assertThat(
                        database.query(
                                "SELECT id || coalesce(u::text, '') FROM " + table + " ORDER BY 1"))
                .containsExactly(
                        "15e9b2c0e-0000-4000-8000-0123456789ab",
                        "35e9b2c0e-0000-4000-8000-0123456789ab");
        assertThat(database.query("SELECT stage || category FROM " + letters))
                .containsExactly("encodevalidation", "encodevalidation");
    }

    @Test
    void doesNotRepeatValuesInMessages() throws Exception {
        database.execute("CREATE TABLE " + table + " (v json)");
        declare("v STRING");

        sql.run("INSERT INTO t VALUES ('secret4711'), ('{}')");

        List<String> messages = database.query("SELECT message FROM " + letters);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0)).contains("22P02").doesNotContain("secret4711");
    }

    private int count(String relation) {
        return Integer.parseInt(database.query("SELECT count(*) FROM " + relation).get(0));
    }

    private void declare(String columns) throws Exception {
        sql.run(
                "CREATE TABLE t ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table)
                        + "','failure.strategy'='send-to-dlq','dlq.uri'='"
                        + database.uri("table=" + letters)
                        + "')");
    }
}
