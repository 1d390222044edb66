// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows and changes of a table through SQL. */
@Timeout(600)
class CaptureITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private String changesOf(String parameters) {
        return "`" + database.uri("cdc=true&" + parameters) + "`";
    }

    @Test
    void readsRowsThenChanges() throws Exception {
        database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text, n numeric(10,2))");
        database.execute("INSERT INTO t SELECT i, 'v' || i, i FROM generate_series(1, 3) i");
        try (RunningQuery query =
                RunningQuery.of(RunningQuery.session(), "SELECT * FROM " + changesOf("table=t"))) {
            query.awaitTable(List.of("1, v1, 1.00", "2, v2, 2.00", "3, v3, 3.00"));

            database.execute("INSERT INTO t VALUES (4, 'new', 4)");
            database.execute("UPDATE t SET v = 'changed' WHERE id = 1");
            database.execute("DELETE FROM t WHERE id = 2");
            database.execute("UPDATE t SET id = 30 WHERE id = 3");

            query.awaitTable(List.of("1, changed, 1.00", "4, new, 4.00", "30, v3, 3.00"));
        }
    }

    @Test
    void readsManyRangesInParallelWhileTheyChange() throws Exception {
        database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
        database.execute(
                "INSERT INTO t SELECT i, repeat('x', 100) || i FROM generate_series(1, 20000) i");
        database.execute("ANALYZE t");
        try (RunningQuery query =
                RunningQuery.of(
                        RunningQuery.session(),
                        "SELECT id, MD5(v) FROM "
                                + changesOf("table=t&snapshot_chunk_bytes=64kb"))) {
            List<String> statements = new ArrayList<>();
            for (int i = 1; i <= 300; i++) {
                statements.add("UPDATE t SET v = 'u" + i + "' WHERE id = " + i * 61);
                statements.add("UPDATE t SET id = -id WHERE id = " + (i * 61 + 1));
                statements.add("DELETE FROM t WHERE id = " + (i * 61 + 2));
            }
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            query.awaitTable(database.query("SELECT id || ', ' || md5(v) FROM t"));
        }
        assertThat(database.query("SELECT count(*) FROM t")).containsExactly("19700");
    }

    @Test
    void readsChangesWithRowsBeforeUnderFullIdentity() throws Exception {
        database.execute("CREATE TABLE t (a int, b text); ALTER TABLE t REPLICA IDENTITY FULL");
        database.execute("INSERT INTO t VALUES (1, 'x'), (1, 'x')");
        try (RunningQuery query =
                RunningQuery.of(RunningQuery.session(), "SELECT * FROM " + changesOf("table=t"))) {
            query.awaitTable(List.of("1, x x2"));
            database.execute("UPDATE t SET b = 'y'; DELETE FROM t WHERE b = 'nothing'");
            database.execute("INSERT INTO t VALUES (2, NULL); DELETE FROM t WHERE a = 1");
            query.awaitTable(List.of("2, null"));
            assertThat(query.changes())
                    .containsExactly(
                            "+I[1, x]",
                            "+I[1, x]",
                            "-U[1, x]",
                            "+U[1, y]",
                            "-U[1, x]",
                            "+U[1, y]",
                            "+I[2, null]",
                            "-D[1, y]",
                            "-D[1, y]");
        }
    }

    @Test
    void wholeDatabaseComesAsEnvelopes() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, j jsonb, b bool, s text)");
        database.execute("CREATE TABLE c (id int PRIMARY KEY)");
        database.execute("INSERT INTO a VALUES (1, '{\"x\": 1}', true, 'q\"uote')");
        try (RunningQuery query =
                RunningQuery.of(
                        RunningQuery.session(),
                        "SELECT operation_type, schema_name, table_name, `before`, `after` FROM "
                                + changesOf("transaction_markers=false")
                                + " WHERE table_name = 'a'")) {
            query.awaitChanges(1);
            database.execute("UPDATE a SET id = 2, b = NULL; INSERT INTO c VALUES (1)");
            database.execute("DELETE FROM a");
            assertThat(query.awaitChanges(3))
                    .containsExactly(
                            "+I[READ, public, a, null, {\"id\":1,\"j\":{\"x\": 1},\"b\":true,"
                                    + "\"s\":\"q\\\"uote\"}]",
                            "+I[UPDATE, public, a, {\"id\":1}, {\"id\":2,\"j\":{\"x\": 1},"
                                    + "\"b\":null,\"s\":\"q\\\"uote\"}]",
                            "+I[DELETE, public, a, {\"id\":2}, null]");
            assertThat(
                            database.query(
                                    "SELECT string_agg(tablename, ',') FROM"
                                            + " pg_publication_tables"))
                    .containsExactly("a");
        }
    }

    @Test
    void metadataColumnsSayWhereAChangeComesFrom() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        database.execute("INSERT INTO t VALUES (1)");
        SqlSession session = RunningQuery.session();
        session.run(
                "CREATE TABLE changes (id INT, kind STRING METADATA FROM 'row_kind' VIRTUAL,"
                        + " tab STRING METADATA FROM 'table_name' VIRTUAL, was BOOLEAN METADATA"
                        + " FROM 'snapshot' VIRTUAL, nr BIGINT METADATA FROM 'tx_ordinal' VIRTUAL,"
                        + " ts TIMESTAMP_LTZ(6) METADATA FROM 'op_ts' VIRTUAL,"
                        + " PRIMARY KEY (id) NOT ENFORCED) WITH ('connector'='velo', 'uri'='"
                        + database.uri("table=t&cdc=true&changelog=append")
                        + "')");
        try (RunningQuery query =
                RunningQuery.of(
                        session, "SELECT id, kind, tab, was, nr, ts IS NOT NULL FROM changes")) {
            query.awaitChanges(1);
            database.execute("BEGIN; INSERT INTO t VALUES (2); DELETE FROM t WHERE id = 1; COMMIT");
            assertThat(query.awaitChanges(3))
                    .containsExactly(
                            "+I[1, +I, t, true, null, false]",
                            "+I[2, +I, t, false, 1, true]",
                            "+I[1, -D, t, false, 2, true]");
        }
    }
}
