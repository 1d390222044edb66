// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Odd changes, odd servers, lost slots. */
@Timeout(600)
class CaptureChangesITCase {

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

    private RunningQuery query(String columns, String parameters) {
        return RunningQuery.of(
                RunningQuery.session(),
                "SELECT " + columns + " FROM `" + database.uri("cdc=true&" + parameters) + "`");
    }

    @Test
    void everyFormOfAValueIsTheSame() throws Exception {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        database.execute("CREATE DOMAIN small AS numeric(8,2)");
        database.execute("CREATE TYPE pair AS (a int, b text)");
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, b bool, i2 int2, f4 float4, f8 float8, n"
                        + " numeric, d small, s varchar(9), c char(4), y bytea, u uuid, j jsonb, da"
                        + " date, ti time, ts timestamp, tz timestamptz, iv interval, bi bit(3), ai"
                        + " int[], at text[], m mood, ad date[], r int4range, p pair, inet inet)");
        String row =
                "true, -3, 1.5, 'NaN', 12345678901234567890.123, 1.50, 'ü\"\\', 'ab', '\\x00ff',"
                        + " '80000000-0000-0000-0000-00000000000a', '{\"a\": [1, null]}', '0044-03-15"
                        + " BC', '10:11:12.345', '2026-02-03 04:05:06.789012', '1999-12-31"
                        + " 23:59:59.5+02', '1 year -2 mons 3 days -04:05:06.7', B'101',"
                        + " '[0:1]={1,NULL}', '{\"a,b\",\"q\\\"\\\\\",\"NULL\",NULL,\"\"}', 'ok',"
                        + " '{2020-01-01}', '[1,5)', '(1,\"x y\")', '10.0.0.1'";
        database.execute("INSERT INTO t VALUES (1, " + row + "); INSERT INTO t VALUES (10)");
        String columns =
                "id INT, b BOOLEAN, i2 SMALLINT, f4 FLOAT, f8 DOUBLE, n STRING, d DECIMAL(8,2), s"
                        + " STRING, c STRING, y BYTES, u STRING, j STRING, da DATE, ti TIME(3), ts"
                        + " TIMESTAMP(6), tz TIMESTAMP_LTZ(6), iv STRING, bi STRING, ai ARRAY<INT>, at"
                        + " ARRAY<STRING>, m STRING, ad ARRAY<DATE>, inet STRING, PRIMARY KEY (id) NOT"
                        + " ENFORCED";
        for (String form : List.of("binary", "text")) {
            SqlSession session = RunningQuery.session();
            session.run(
                    "CREATE TABLE changes ("
                            + columns.replace(" at ", " `at` ")
                            + (form.equals("text") ? ", r STRING, p STRING" : "")
                            + ") WITH ('connector'='velo', 'uri'='"
                            + database.uri("table=t&cdc=true&slot_name=form_" + form)
                            + "', 'format'='"
                            + form
                            + "')");
            try (RunningQuery query = RunningQuery.of(session, "SELECT * FROM changes")) {
                query.awaitChanges(2);
                database.execute(
                        "INSERT INTO t VALUES (2, " + row + "); INSERT INTO t VALUES (20)");
                List<String> rows = query.awaitChanges(4);
                List<String> sorted = rows.stream().sorted().toList();
                assertThat(sorted.get(2)).isEqualTo(sorted.get(0).replace("+I[1,", "+I[2,"));
                assertThat(sorted.get(3)).isEqualTo(sorted.get(1).replace("[10,", "[20,"));
                if (form.equals("text")) {
                    assertThat(sorted.get(0)).contains("[1,5), (1,\"x y\")");
                }
            }
            database.execute("DELETE FROM t WHERE id IN (2, 20)");
        }
    }

    @Test
    void unchangedLargeValuesNeverBecomeNull() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL, big text)");
        database.execute("ALTER TABLE t ALTER big SET STORAGE EXTERNAL");
        database.execute("INSERT INTO t VALUES (1, 1, repeat('x', 10000))");
        try (RunningQuery reselecting =
                        query("id, n, CHAR_LENGTH(big)", "table=t&toast_unchanged=reselect");
                RunningQuery failing =
                        query("id, n, CHAR_LENGTH(big)", "table=t&slot_name=failing")) {
            reselecting.awaitTable(List.of("1, 1, 10000"));
            failing.awaitTable(List.of("1, 1, 10000"));
            database.execute("UPDATE t SET n = 2");
            reselecting.awaitTable(List.of("1, 2, 10000"));
            assertThat(failing.awaitFailure())
                    .hasStackTraceContaining("VELO-SCH-005")
                    .hasStackTraceContaining("ALTER TABLE \"public\".\"t\" REPLICA IDENTITY FULL");
            database.execute("ALTER TABLE t REPLICA IDENTITY FULL; UPDATE t SET n = 3");
            reselecting.awaitTable(List.of("1, 3, 10000"));
            database.execute("DELETE FROM t");
            reselecting.awaitTable(List.of());
        }
    }

    @Test
    void schemaChangesAndTruncateFollowTheirOptions() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text, w text)");
        database.execute("INSERT INTO t VALUES (1, 'a', 'b')");
        try (RunningQuery ignoring =
                        query("*", "table=t&on_schema_change=ignore&on_truncate=ignore");
                RunningQuery failing = query("id, v", "table=t&slot_name=failing")) {
            ignoring.awaitTable(List.of("1, a, b"));
            database.execute("ALTER TABLE t ADD more int DEFAULT 7; INSERT INTO t VALUES (2)");
            database.execute("ALTER TABLE t DROP w; INSERT INTO t VALUES (3, 'c')");
            ignoring.awaitTable(List.of("1, a, b", "2, null, null", "3, c, null"));
            failing.awaitTable(List.of("1, a", "2, null", "3, c"));
            database.execute("TRUNCATE t; INSERT INTO t VALUES (4, 'd')");
            ignoring.awaitTable(List.of("1, a, b", "2, null, null", "3, c, null", "4, d, null"));
            assertThat(failing.awaitFailure())
                    .hasStackTraceContaining("was truncated")
                    .hasStackTraceContaining("on_truncate=ignore");
        }
    }

    @Test
    void partitionsAreTheirTable() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, k int, v text, PRIMARY KEY (id, k)) PARTITION BY LIST"
                        + " (k); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2"
                        + " PARTITION OF t FOR VALUES IN (2)");
        database.execute("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");
        for (String strategy : List.of("key", "ctid")) {
            try (RunningQuery query =
                    query(
                            "*",
                            "table=t&slot_name=s_" + strategy + "&snapshot_strategy=" + strategy)) {
                query.awaitTable(List.of("1, 1, a", "2, 2, b"));
                database.execute("UPDATE t SET k = 2 WHERE id = 1; INSERT INTO t VALUES (3, 1)");
                query.awaitTable(List.of("1, 2, a", "2, 2, b", "3, 1, null"));
            }
            database.execute("DELETE FROM t WHERE id = 3; UPDATE t SET k = 1 WHERE id = 1");
        }
    }

    @Test
    void largeTransactionsComeInBlocksAndTheirUndonePartsDoNot() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        database.execute(
                "ALTER DATABASE "
                        + database.settings().database()
                        + " SET logical_decoding_work_mem = '64kB'");
        try (RunningQuery query =
                query("COUNT(*), SUM(id), MAX(v)", "table=t&streaming=on&scan_startup=latest")) {
            Readers.awaitOne(database);
            database.execute(
                    "BEGIN; INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 20000)"
                            + " i; SAVEPOINT s; INSERT INTO t SELECT i, repeat('y', 100) FROM"
                            + " generate_series(20001, 40000) i; ROLLBACK TO s; INSERT INTO t SELECT i,"
                            + " repeat('x', 100) FROM generate_series(40001, 60000) i; COMMIT");
            database.execute("INSERT INTO t VALUES (0, 'a')");
            long sum = 20000L * 20001 / 2 + (40001L + 60000) * 10000;
            query.awaitTable(List.of("40001, " + sum + ", " + "x".repeat(100)));
            assertThat(
                            database.query(
                                    "SELECT (stream_txns > 0)::text FROM"
                                            + " pg_stat_replication_slots"))
                    .isNotEmpty();
        }
    }

    @Test
    void nothingComesOfWhatWasSentBeforeItWasUndone() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        database.execute(
                "ALTER DATABASE "
                        + database.settings().database()
                        + " SET logical_decoding_work_mem = '64kB'");
        String slot = "undone_" + database.settings().database().name().substring(5, 20);
        String parameters = "table=t&streaming=on&changelog=append&slot_name=" + slot;
        try (RunningQuery query = query("id", parameters);
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            Savepoints.awaitReaders(database, slot);
            connection.setAutoCommit(false);
            insertAndAwaitBlocks(statement, slot, 10_000);
            connection.rollback();
            statement.execute("INSERT INTO t VALUES (1, 'kept'); SAVEPOINT a");
            insertAndAwaitBlocks(statement, slot, 20_000);
            statement.execute("SAVEPOINT b");
            insertAndAwaitBlocks(statement, slot, 30_000);
            statement.execute("ROLLBACK TO a; SAVEPOINT c");
            insertAndAwaitBlocks(statement, slot, 40_000);
            statement.execute("ROLLBACK TO c; INSERT INTO t VALUES (2, 'kept')");
            connection.commit();
            statement.execute("INSERT INTO t VALUES (3, 'kept')");
            connection.commit();
            assertThat(query.awaitChanges(3)).containsExactly("+I[1]", "+I[2]", "+I[3]");
        }
    }

    /** Writes so much that the server sends a part of it while the transaction is open. */
    private void insertAndAwaitBlocks(Statement statement, String slot, int first)
            throws Exception {
        String blocks =
                "SELECT stream_count::text FROM pg_stat_replication_slots WHERE slot_name = '"
                        + slot
                        + "'";
        List<String> before = database.query(blocks);
        statement.execute(
                "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series("
                        + first
                        + ", "
                        + (first + 4_999)
                        + ") i");
        Savepoints.await(() -> !database.query(blocks).equals(before), "blocks");
    }

    @Test
    void anIdleTableLetsTheServerForget() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE other (i int)");
        try (RunningQuery query = query("*", "table=t&slot_name=idle")) {
            Readers.awaitOne(database);
            database.execute("INSERT INTO other SELECT i FROM generate_series(1, 1000) i");
            String target = database.query("SELECT pg_current_wal_lsn()").get(0);
            Savepoints.await(
                    () ->
                            database.query(
                                            "SELECT (confirmed_flush_lsn >= '"
                                                    + target
                                                    + "')::text FROM pg_replication_slots WHERE"
                                                    + " slot_name = 'idle'")
                                    .equals(List.of("true")),
                    "the confirmation of " + target);
            database.execute("INSERT INTO t VALUES (1)");
            query.awaitTable(List.of("1"));
        }
    }

    @Test
    void snapshotEndsAndLeavesNoSlot() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        SqlSession session = RunningQuery.session();
        assertThat(
                        session.rows(
                                "SELECT * FROM `"
                                        + database.uri("table=t&cdc=true&scan_startup=snapshot")
                                        + "`"))
                .containsExactlyInAnyOrder("+I[1]", "+I[2]");
        assertThat(
                        database.query(
                                "SELECT slot_name::text FROM pg_replication_slots WHERE database ="
                                        + " current_database()"))
                .isEmpty();
        assertThatThrownBy(
                        () ->
                                SqlSession.streaming()
                                        .rows(
                                                "SELECT * FROM `"
                                                        + database.uri("table=t&cdc=true")
                                                        + "`"))
                .hasStackTraceContaining("execution.checkpointing.interval");
    }

    @Test
    void everythingThatIsMissingIsReportedWithTheStatementThatHelps() throws Exception {
        database.execute("CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t");
        try (RunningQuery query = query("*", "table=t")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining(
                            "Run ALTER TABLE \"public\".\"t\" REPLICA IDENTITY FULL;");
        }
        try (RunningQuery query = query("*", "table=v")) {
            assertThat(query.awaitFailure()).hasStackTraceContaining("public.v is not a table");
        }
        assertThat(database.query("SELECT pubname::text FROM pg_publication")).isEmpty();
        database.execute("ALTER TABLE t REPLICA IDENTITY FULL");
        try (RunningQuery query = query("*", "table=t&scan_startup=committed&slot_name=nosuch")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining(
                            "pg_create_logical_replication_slot('nosuch', 'pgoutput')");
        }
    }

    @Test
    void whatWouldLoseChangesIsRefused() throws Exception {
        database.execute(
                "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY LIST (id); CREATE TABLE p1"
                        + " PARTITION OF p DEFAULT; CREATE TABLE t (id int PRIMARY KEY);"
                        + " CREATE PUBLICATION roots FOR TABLE p WITH"
                        + " (publish_via_partition_root = true)");
        database.query("SELECT pg_create_logical_replication_slot('kept', 'pgoutput')::text");
        try (RunningQuery query = query("*", "table=p1&publication_name=roots")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining(
                            "partition public.p1 under the name of table public.p");
        }
        try (RunningQuery query =
                query(
                        "*",
                        "table=t&scan_startup=committed&slot_name=kept&publication_name=roots")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("Publication 'roots' lacks tables");
        }
        SqlSession session = RunningQuery.session();
        session.run(
                "CREATE TABLE changes (id INT) WITH ('connector'='velo', 'uri'='"
                        + database.uri("table=t&cdc=true&changelog=append")
                        + "')");
        try (RunningQuery query = RunningQuery.of(session, "SELECT * FROM changes")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("is to hold rows before changes");
        }
    }

    @Test
    void latestLeavesOutWhatASlotHasKept() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION named FOR TABLE t");
        database.query("SELECT pg_create_logical_replication_slot('named', 'pgoutput')::text");
        database.execute("INSERT INTO t VALUES (1)");
        try (RunningQuery query = query("*", "table=t&slot_name=named&scan_startup=latest")) {
            Readers.awaitOne(database);
            database.execute("INSERT INTO t VALUES (2)");
            assertThat(query.awaitChanges(1)).containsExactly("+I[2]");
        }
    }

    @Test
    void aTableThatIsRenamedOrNotPublishedAnyMoreEndsTheJob() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        try (RunningQuery renamed = query("*", "table=t&slot_name=renamed");
                RunningQuery removed = query("*", "table=u&slot_name=removed")) {
            database.execute("INSERT INTO t VALUES (1); INSERT INTO u VALUES (1)");
            renamed.awaitTable(List.of("1"));
            removed.awaitTable(List.of("1"));
            Readers.await(database, 2);
            database.execute("INSERT INTO t VALUES (2)");
            renamed.awaitTable(List.of("1", "2"));
            database.execute("ALTER TABLE t RENAME TO other; INSERT INTO other VALUES (3)");
            assertThat(renamed.awaitFailure())
                    .hasStackTraceContaining("was renamed or moved to public.other");
            database.execute("ALTER PUBLICATION removed DROP TABLE u");
            database.query(
                    "SELECT pg_terminate_backend(active_pid)::text FROM pg_replication_slots WHERE"
                            + " slot_name = 'removed' AND active_pid IS NOT NULL");
            assertThat(removed.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("any more: changes may be missing");
        }
    }

    @Test
    void aLostSlotEndsTheJobForGood() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        try (RunningQuery query =
                RunningQuery.of(
                        RunningQuery.session()
                                .set("restart-strategy.type", "fixed-delay")
                                .set("restart-strategy.fixed-delay.attempts", "1000000")
                                .set("restart-strategy.fixed-delay.delay", "10 ms"),
                        "SELECT * FROM `"
                                + database.uri("table=t&cdc=true&slot_name=lost")
                                + "`")) {
            query.awaitTable(List.of("1"));
            Readers.awaitOne(database);
            database.execute(
                    "DO $$ BEGIN PERFORM pg_terminate_backend(active_pid) FROM"
                            + " pg_replication_slots; LOOP BEGIN PERFORM"
                            + " pg_drop_replication_slot('lost'); EXIT; EXCEPTION WHEN object_in_use"
                            + " THEN PERFORM pg_terminate_backend(active_pid) FROM"
                            + " pg_replication_slots; END; END LOOP; END $$");
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("The slot 'lost' does not exist");
        }
    }

    @Test
    void aSlotAheadOfTheSavepointEndsTheJobForGoodAndOneBehindGoesOn(@TempDir Path folder)
            throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        String sql =
                "SELECT * FROM `"
                        + database.uri("table=t&cdc=true&changelog=append&slot_name=ahead")
                        + "`";
        String savepoint;
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), sql)) {
            query.awaitTable(List.of("1"));
            Readers.awaitOne(database);
            database.execute("INSERT INTO t VALUES (2)");
            query.awaitChanges(2);
            savepoint =
                    query.job()
                            .triggerSavepoint(
                                    folder.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get(60, TimeUnit.SECONDS);
        }
        database.execute("INSERT INTO t VALUES (3)");
        SqlSession restored = RunningQuery.session();
        restored.set("execution.state-recovery.path", savepoint)
                .set("execution.state-recovery.ignore-unclaimed-state", "true");
        try (RunningQuery query = RunningQuery.of(restored, sql)) {
            assertThat(query.awaitChanges(1)).containsExactly("+I[3]");
        }
        Readers.awaitNone(database);
        database.execute("SELECT pg_replication_slot_advance('ahead', pg_current_wal_lsn())");
        try (RunningQuery query = RunningQuery.of(restored, sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("ahead of this checkpoint");
        }
    }

    @Test
    void envelopesGoOnWithoutATableThatWasDroppedButNotWithoutOneThatWasRenamed(
            @TempDir Path folder) throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);"
                        + " INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
        String sql =
                "SELECT table_name, operation_type, `after` FROM `"
                        + database.uri("cdc=true&transaction_markers=false&slot_name=dropped")
                        + "`";
        String savepoint;
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), sql)) {
            query.awaitChanges(2);
            Readers.awaitOne(database);
            savepoint =
                    query.job()
                            .triggerSavepoint(
                                    folder.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get(60, TimeUnit.SECONDS);
        }
        Readers.awaitNone(database);
        SqlSession restored = RunningQuery.session();
        restored.set("execution.state-recovery.path", savepoint)
                .set("execution.state-recovery.ignore-unclaimed-state", "true");
        // As a table that was captured once: it stays published.
        database.execute(
                "CREATE TABLE left_out (id int PRIMARY KEY);"
                        + " ALTER PUBLICATION dropped ADD TABLE left_out");
        database.execute("ALTER TABLE b RENAME TO c");
        try (RunningQuery query = RunningQuery.of(restored, sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("does not have [public.b] any more");
        }
        database.execute("ALTER TABLE c RENAME TO b");
        database.execute("INSERT INTO b VALUES (2)");
        database.execute("DROP TABLE b");
        database.execute("INSERT INTO a VALUES (2)");
        try (RunningQuery query = RunningQuery.of(restored, sql)) {
            assertThat(query.awaitChanges(2))
                    .containsExactly("+I[b, INSERT, {\"id\":2}]", "+I[a, INSERT, {\"id\":2}]");
        }
    }

    @Test
    void goesOnExactlyWhenTheServerIsKilledAndComesBack() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase own = TestDatabase.create(server);
            own.execute("CREATE TABLE t (id int8 PRIMARY KEY, v int)");
            own.execute("INSERT INTO t SELECT i, 0 FROM generate_series(1, 6000) i");
            own.execute("ANALYZE t");
            try (RunningQuery query =
                    RunningQuery.of(
                            RunningQuery.session(),
                            "SELECT * FROM `"
                                    + own.uri("table=t&cdc=true&snapshot_chunk_bytes=64kb")
                                    + "`")) {
                query.awaitChanges(500);
                server.kill();
                server.start();
                for (int i = 1; i <= 3; i++) {
                    own.execute("UPDATE t SET v = v + 1 WHERE id % 10 = " + i);
                    own.execute(
                            "INSERT INTO t SELECT g, 9 FROM generate_series("
                                    + i * 100000
                                    + ", "
                                    + (i * 100000 + 500)
                                    + ") g");
                    query.awaitTable(own.query("SELECT id || ', ' || v FROM t"));
                    server.kill();
                    server.start();
                }
            }
        }
    }
}
