// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements besides INSERT INTO, and what hostile names do: nothing. */
class StatementsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    /** Names that are SQL wherever somebody forgets the quotes. */
    private static final List<String> HOSTILE =
            List.of(
                    "x\"; DROP TABLE canary; --",
                    "x'; DROP TABLE canary; --",
                    "x); DROP TABLE canary; --",
                    "$$; DROP TABLE canary; $$",
                    "\\\"; DROP TABLE canary; --",
                    "select",
                    "?",
                    "a?b$1:c",
                    "Ünï 𝄞");

    private static TestDatabase database;
    private static int tables;

    private final String table = "t" + ++tables;
    private SqlSession sql;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
        database.execute("CREATE TABLE canary (id int4)");
        database.execute("INSERT INTO canary VALUES (1)");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void open() {
        sql = SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
    }

    private void fill() throws Exception {
        database.execute("CREATE TABLE " + table + " (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        declare("");
    }

    private void declare(String parameters) throws Exception {
        sql.run(
                "CREATE TABLE t (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table + parameters)
                        + "')");
    }

    @Test
    void truncates() throws Exception {
        fill();
        sql.run("TRUNCATE TABLE t");
        assertThat(rows()).isEmpty();
    }

    @Test
    void deletesAllRowsOrSome() throws Exception {
        fill();
        sql.run("DELETE FROM t WHERE v > 'a' AND id < 3");
        assertThat(rows()).containsExactly("1a", "3c");
        sql.run("DELETE FROM t");
        assertThat(rows()).isEmpty();
    }

    @Test
    void updatesRows() throws Exception {
        fill();
        sql.run("UPDATE t SET v = UPPER(v) WHERE id > 1");
        assertThat(rows()).containsExactly("1a", "2B", "3C");
        assertThatThrownBy(() -> sql.run("UPDATE t SET id = 7 WHERE id = 1"))
                .hasStackTraceContaining("VELO-CAP-002");
    }

    @Test
    void overwritesInOneTransaction() throws Exception {
        fill();
        sql.run("INSERT OVERWRITE t VALUES (3, 'x'), (4, 'y')");
        assertThat(rows()).containsExactly("3x", "4y");
        sql.run("INSERT OVERWRITE t SELECT * FROM t WHERE id > 100");
        assertThat(rows()).isEmpty();
        assertThat(
                        database.query(
                                "SELECT relname FROM pg_class WHERE relname LIKE 'velo\\__%\\_%'"))
                .doesNotContain("velo_");
    }

    @Test
    void makesAMissingTable() throws Exception {
        declare("&auto_create=true");
        sql.run("INSERT INTO t VALUES (1, 'a')");
        sql.run("INSERT INTO t VALUES (1, 'b')");
        assertThat(rows()).containsExactly("1b");
    }

    @Test
    void makesATableOfAQuery() throws Exception {
        sql.run(
                "CREATE TABLE made WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table + "&auto_create=true")
                        + "') AS SELECT CAST(1 AS BIGINT) AS id, 'a' AS v, DATE '2024-02-29' AS d,"
                        + " CAST(1.5 AS DECIMAL(5,2)) AS n, ARRAY[1, 2] AS l,"
                        + " TIMESTAMP '2024-01-01 00:00:00.123' AS ts, X'00ff' AS b");
        assertThat(database.query("SELECT t::text FROM " + table + " t"))
                .containsExactly(
                        "(1,a,2024-02-29,1.50,\"{1,2}\",\"2024-01-01 00:00:00.123\",\"\\\\x00ff\")");
    }

    @Test
    void takesHostileNamesAsNames() throws Exception {
        for (String name : HOSTILE) {
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            database.execute("CREATE SCHEMA " + quoted);
            database.execute(
                    "CREATE TABLE "
                            + quoted
                            + "."
                            + quoted
                            + " ("
                            + quoted
                            + " text PRIMARY KEY, v text)");
            String columns = "`" + name + "` STRING, v STRING";
            for (String options :
                    List.of(
                            "",
                            ", 'on-conflict'='ignore'",
                            ", 'on-conflict'='ignore', 'sink.delivery-guarantee'='exactly-once'",
                            ", 'version-column'='v', 'skip-unchanged'='true'")) {
                SqlSession session =
                        SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
                session.run(
                        "CREATE TABLE t ("
                                + columns
                                + ", PRIMARY KEY (`"
                                + name
                                + "`) NOT ENFORCED) WITH ('connector'='velo','uri'='"
                                + database.uri("")
                                + "', 'schema'='"
                                + name.replace("'", "''")
                                + "', 'table'='"
                                + quoted.replace("'", "''")
                                + "'"
                                + options
                                + ")");
                session.run("INSERT INTO t VALUES ('" + name.replace("'", "''") + "', 'x')");
            }
            assertThat(database.query("SELECT " + quoted + " FROM " + quoted + "." + quoted))
                    .as(name)
                    .containsExactly(name);
        }
        assertThat(database.query("SELECT id FROM canary")).containsExactly("1");
    }

    private List<String> rows() {
        return database.query("SELECT id || v FROM " + table + " ORDER BY 1");
    }
}
