// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The scheme as a person at the SQL prompt meets it: catalog, DESCRIBE, plans. */
class SchemeITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;
    private SqlSession sql;

    @BeforeEach
    void createDatabase() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE SCHEMA sales");
        database.execute(
                "CREATE TABLE sales.orders (id int8 PRIMARY KEY, at timestamptz NOT NULL, v text)");
        database.execute("INSERT INTO sales.orders VALUES (1, '2024-01-01 00:00+00', 'x')");
        database.execute("CREATE TABLE \"dots.in name\" (a int)");
        sql = SqlSession.batch();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void describesWhatItDiscovers() throws Exception {
        sql.run(
                "CREATE TABLE t WITH ('connector'='velo','uri'='"
                        + database.uri("table=sales.orders")
                        + "')");

        assertThat(sql.rows("DESCRIBE t"))
                .containsExactly(
                        "+I[id, BIGINT, false, PRI(id), null, null]",
                        "+I[at, TIMESTAMP_LTZ(6), false, null, null, null]",
                        "+I[v, STRING, true, null, null, null]");
    }

    @Test
    void makesNullableWhatMayBecomeNull() throws Exception {
        sql.run(
                "CREATE TABLE t WITH ('connector'='velo','uri'='"
                        + database.uri("table=sales.orders&on_special_value=null")
                        + "')");

        assertThat(sql.rows("DESCRIBE t"))
                .contains("+I[at, TIMESTAMP_LTZ(6), true, null, null, null]");
    }

    @Test
    void browsesADatabaseAsACatalog() throws Exception {
        sql.run(
                "CREATE CATALOG shop WITH ('type'='velo','uri'='"
                        + database.uri("").replace("?", "")
                        + "')");

        assertThat(sql.rows("SHOW DATABASES IN shop")).contains("+I[public]", "+I[sales]");
        assertThat(sql.rows("SHOW TABLES FROM shop.sales")).contains("+I[orders]");
        assertThat(sql.rows("SHOW TABLES FROM shop.`public`")).contains("+I[dots.in name]");
        assertThat(sql.rows("SELECT v FROM shop.sales.orders")).containsExactly("+I[x]");
        assertThat(sql.rows("SELECT COUNT(*) FROM shop.`public`.`dots.in name`"))
                .containsExactly("+I[0]");
    }

    @Test
    void testsTheConnectionWhilePlanningIfAsked() {
        String uri = database.uri("table=sales.orders&validate_connect=true");
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> {
                                    sql.run(
                                            "CREATE TABLE t (id INT, v STRING) WITH"
                                                    + " ('connector'='velo','uri'='"
                                                    + uri
                                                    + "')");
                                    sql.rows("EXPLAIN SELECT * FROM t");
                                }))
                .rootCause()
                .hasMessageContaining("VELO-SCH-002")
                .hasMessageContaining("'id' is bigint");
    }
}
