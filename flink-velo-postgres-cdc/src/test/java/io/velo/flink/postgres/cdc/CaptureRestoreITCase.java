// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.cdc.replication.SlotPatience;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Captures that go on from a savepoint after something was changed on the server or in the job. */
@Timeout(300)
class CaptureRestoreITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    @TempDir private Path folder;
    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        Moment.observeNoMore();
        database.close();
    }

    private String sql(String columns, String parameters) {
        return "SELECT " + columns + " FROM `" + database.uri("cdc=true&" + parameters) + "`";
    }

    /** Slots are of the whole server, which other tests use, too. */
    private String slot() {
        return "s_" + database.settings().database().name().substring(5, 20);
    }

    private String savepoint(String sql, int changes) throws Exception {
        String savepoint;
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), sql)) {
            query.awaitChanges(changes);
            Savepoints.awaitReaders(database, slot());
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        return savepoint;
    }

    @Test
    void aTableThatWasMadeAnewUnderItsNameEndsTheJob() throws Exception {
        String make = "CREATE TABLE t (id int PRIMARY KEY)";
        database.execute(make + "; INSERT INTO t VALUES (1)");
        String sql = sql("*", "table=t&changelog=append&slot_name=" + slot());
        String savepoint = savepoint(sql, 1);
        database.execute("INSERT INTO t VALUES (2); DROP TABLE t; " + make);
        // Nothing is written to it, so that the stream does not speak of it.
        database.execute("ALTER PUBLICATION " + slot() + " ADD TABLE t");
        try (RunningQuery query = Savepoints.restore(savepoint, sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("another one was made under the same name");
            assertThat(query.changes()).isEmpty();
        }
    }

    @Test
    void aTableThatIsMadeAnewWhileItsChangesAreReadEndsTheJob() throws Exception {
        String make = "CREATE TABLE t (id int PRIMARY KEY)";
        database.execute(make + "; INSERT INTO t VALUES (1)");
        String sql = sql("*", "table=t&changelog=append&slot_name=" + slot());
        try (RunningQuery query = start(sql)) {
            query.awaitChanges(1);
            Savepoints.awaitReaders(database, slot());
            database.execute("DROP TABLE t; " + make);
            database.execute(
                    "ALTER PUBLICATION " + slot() + " ADD TABLE t; INSERT INTO t VALUES (2)");
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("another one was made under the same name");
            assertThat(query.changes()).containsExactly("+I[1]");
        }
    }

    @Test
    void aTableThatIsMadeAnewWhileItsRowsAreReadEndsTheJob() throws Exception {
        String make = "CREATE TABLE t (id int PRIMARY KEY, v text)";
        database.execute(
                make
                        + "; INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i");
        database.execute("ANALYZE t");
        AtomicBoolean made = new AtomicBoolean();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.CHUNKS_PLANNED && made.compareAndSet(false, true)) {
                        database.execute("DROP TABLE t; " + make);
                    }
                });
        String sql = sql("id", "table=t&scan_startup=snapshot&snapshot_chunk_bytes=64kb");
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("another one was made under the same name");
        }
        assertThat(made).isTrue();
    }

    @Test
    void aSlotThatIsMovedBetweenItsCheckAndItsReaderEndsTheJob() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        String sql = sql("*", "table=t&changelog=append&slot_name=" + slot());
        String savepoint = savepoint(sql, 1);
        AtomicBoolean moved = new AtomicBoolean();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.SLOT_CHECKED && moved.compareAndSet(false, true)) {
                        database.execute("INSERT INTO t VALUES (2)");
                        database.execute(
                                "SELECT pg_replication_slot_advance('"
                                        + slot()
                                        + "', pg_current_wal_lsn())");
                        database.execute("INSERT INTO t VALUES (3)");
                    }
                });
        try (RunningQuery query = Savepoints.restore(savepoint, sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("ahead of this checkpoint");
            assertThat(query.changes()).isEmpty();
        }
        assertThat(moved).isTrue();
    }

    @Test
    void aSlotOfAnotherDatabaseEndsTheJob() throws Exception {
        String make = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)";
        database.execute(make);
        String parameters = "table=t&changelog=append&slot_name=" + slot();
        String savepoint = savepoint(sql("*", parameters), 1);
        try (TestDatabase other = TestDatabase.create()) {
            other.execute(make);
            String elsewhere = "SELECT * FROM `" + other.uri("cdc=true&" + parameters) + "`";
            try (RunningQuery query = Savepoints.restore(savepoint, elsewhere)) {
                assertThat(query.awaitFailure())
                        .hasStackTraceContaining("is one of another database");
            }
        }
    }

    private static RunningQuery start(String sql) {
        return RunningQuery.of(RunningQuery.session(), sql);
    }

    @Test
    void otherTablesAreReadFromTheRestoreOnAndThoseThatAreNotAskedForAreLeftOut() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);"
                        + " CREATE TABLE c (id int PRIMARY KEY, v text)");
        database.execute(
                "INSERT INTO c SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i");
        database.execute("ANALYZE c; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
        String columns = "table_name, operation_type, JSON_VALUE(`after`, '$.id')";
        String before = sql(columns, "tables=public.a,public.b");
        String savepoint;
        try (RunningQuery query = start(before)) {
            query.awaitTable(List.of("a, READ, 1", "b, READ, 1"));
            Readers.awaitOne(database);
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        database.execute("INSERT INTO a VALUES (2); INSERT INTO b VALUES (2)");
        database.execute("INSERT INTO c VALUES (6000)");
        AtomicBoolean changed = new AtomicBoolean();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.CHUNKS_PLANNED && changed.compareAndSet(false, true)) {
                        database.execute("INSERT INTO c VALUES (7000); DELETE FROM c WHERE id < 5");
                    }
                });
        System.setProperty("velo.postgresql.message-bytes", "300");
        List<String> expected = new ArrayList<>();
        IntStream.rangeClosed(5, 5000).forEach(id -> expected.add("c, READ, " + id));
        expected.addAll(List.of("c, READ, 6000", "c, READ, 7000", "a, INSERT, 2"));
        String after = sql(columns, "tables=public.a,public.c&snapshot_chunk_bytes=64kb");
        try (RunningQuery query = Savepoints.restore(savepoint, after)) {
            query.awaitTable(expected);
            Readers.awaitOne(database);
            database.execute("INSERT INTO b VALUES (3); INSERT INTO c VALUES (8000)");
            database.execute("INSERT INTO a VALUES (3)");
            expected.addAll(List.of("c, INSERT, 8000", "a, INSERT, 3"));
            query.awaitTable(expected);
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        database.execute("INSERT INTO b VALUES (4); INSERT INTO c VALUES (9000)");
        try (RunningQuery query = Savepoints.restore(savepoint, after)) {
            assertThat(query.awaitChanges(1)).containsExactly("+I[c, INSERT, 9000]");
        } finally {
            System.clearProperty("velo.postgresql.message-bytes");
        }
    }

    @Test
    void tablesAreNotAddedForTheSakeOfASlotThatIsGone() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY);"
                        + " INSERT INTO a VALUES (1); INSERT INTO c VALUES (1)");
        String publication = "&publication_name=p&slot_name=" + slot();
        String savepoint = savepoint(sql("*", "tables=public.a" + publication), 1);
        database.query("SELECT pg_drop_replication_slot('" + slot() + "')::text");
        String after = sql("*", "tables=public.a,public.c" + publication);
        try (RunningQuery query = Savepoints.restore(savepoint, after)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("The slot '" + slot() + "' does not exist");
            assertThat(query.changes()).isEmpty();
        }
        assertThat(database.query("SELECT tablename::text FROM pg_publication_tables"))
                .containsExactly("a");
    }

    /** It is older than the publication of its table, so that the changes are without it. */
    @Test
    void aTransactionThatIsOlderThanTheAdditionOfItsTableIsNotLost() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY);"
                        + " INSERT INTO a VALUES (1)");
        String columns = "table_name, operation_type, JSON_VALUE(`after`, '$.id')";
        String savepoint;
        try (RunningQuery query = start(sql(columns, "tables=public.a"))) {
            query.awaitTable(List.of("a, READ, 1"));
            Readers.awaitOne(database);
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        String after = sql(columns, "tables=public.a,public.c");
        try (Connection open = database.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO c VALUES (1)");
            try (RunningQuery query = Savepoints.restore(savepoint, after)) {
                awaitWaitOrReader();
                open.commit();
                query.awaitTable(List.of("c, READ, 1"));
            }
        }
    }

    /** Waits until the capture waits for running transactions, or reads although they run. */
    private void awaitWaitOrReader() {
        Savepoints.await(
                () ->
                        !database.query(
                                        "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT"
                                                + " pg_catalog.pg_current_snapshot()::text' AND"
                                                + " datname = current_database() UNION ALL SELECT"
                                                + " 1 FROM pg_replication_slots WHERE active AND"
                                                + " database = current_database()")
                                .isEmpty(),
                "a capture that waits for a transaction");
    }

    @Test
    void aSlotThatIsLostIsMadeAnewIfThatIsAskedFor() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        database.execute("INSERT INTO t VALUES (1, 'a'), (2, 'a')");
        String sql =
                sql("*", "table=t&changelog=append&on_lost_slot=resnapshot&slot_name=" + slot());
        String savepoint;
        try (RunningQuery query = start(sql)) {
            query.awaitTable(List.of("1, a", "2, a"));
            Savepoints.awaitReaders(database, slot());
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        database.query("SELECT pg_drop_replication_slot('" + slot() + "')::text");
        database.execute("UPDATE t SET v = 'b' WHERE id = 2; INSERT INTO t VALUES (3, 'b')");
        try (RunningQuery query = Savepoints.restore(savepoint, sql)) {
            query.awaitChanges(3);
            assertThat(query.changes())
                    .containsExactlyInAnyOrder("+I[1, a]", "+I[2, b]", "+I[3, b]");
            Savepoints.awaitReaders(database, slot());
            database.execute("INSERT INTO t VALUES (4, 'c')");
            assertThat(query.awaitChanges(4)).endsWith("+I[4, c]");
            savepoint = Savepoints.of(query, folder);
        }
        Savepoints.awaitReaders(database);
        database.execute("INSERT INTO t VALUES (5, 'd')");
        try (RunningQuery query = Savepoints.restore(savepoint, sql)) {
            assertThat(query.awaitChanges(1)).containsExactly("+I[5, d]");
        }
    }

    @Test
    void aSlotInUseIsWaitedForAndThenItsReaderIsNamed() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        String sql = sql("*", "table=t&slot_name=" + slot());
        try (RunningQuery first = start(sql)) {
            first.awaitTable(List.of("1"));
            Savepoints.awaitReaders(database, slot());
            String pid =
                    database.query(
                                    "SELECT active_pid::text FROM pg_replication_slots WHERE"
                                            + " slot_name = '"
                                            + slot()
                                            + "'")
                            .get(0);
            System.setProperty(SlotPatience.SECONDS, "1");
            try (RunningQuery second = start(sql)) {
                assertThat(second.awaitFailure())
                        .hasStackTraceContaining(
                                "is in use by process " + pid + ", application velo, from");
            } finally {
                System.clearProperty(SlotPatience.SECONDS);
            }
            try (RunningQuery third = start(sql)) {
                Savepoints.await(
                        () ->
                                !database.query(
                                                "SELECT 1 FROM pg_stat_activity WHERE query LIKE"
                                                        + " 'SELECT s.active_pid,%' AND datname ="
                                                        + " current_database()")
                                        .isEmpty(),
                        "a job that waits");
                first.job().cancel().get();
                third.awaitTable(List.of("1"));
                Savepoints.awaitReaders(database, slot());
                database.execute("INSERT INTO t VALUES (2)");
                third.awaitTable(List.of("1", "2"));
            }
        }
    }

    @Test
    void aRestoredReaderWaitsForASlotInUseAndThenItsReaderIsNamed() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        // The first reader goes on behind the savepoint and may not confirm that for 1000 s.
        String sql =
                sql("*", "table=t&changelog=append&ack_checkpoint_delay=1000&slot_name=" + slot());
        SqlSession slow = RunningQuery.session().set("execution.checkpointing.interval", "1 s");
        try (RunningQuery first = RunningQuery.of(slow, sql)) {
            first.awaitChanges(1);
            Savepoints.awaitReaders(database, slot());
            String savepoint = Savepoints.of(first, folder);
            System.setProperty(SlotPatience.SECONDS, "1");
            try (RunningQuery second = Savepoints.restore(savepoint, sql)) {
                assertThat(second.awaitFailure())
                        .hasStackTraceContaining("Slot '" + slot() + "' is in use by process ");
            } finally {
                System.clearProperty(SlotPatience.SECONDS);
            }
            AtomicInteger attempts = new AtomicInteger();
            Moment.observe(
                    (moment, detail) -> {
                        if (moment == Moment.SLOT_IN_USE) {
                            attempts.incrementAndGet();
                        }
                    });
            try (RunningQuery third = Savepoints.restore(savepoint, sql)) {
                Savepoints.await(() -> attempts.get() > 2, "a reader that tries again");
                first.job().cancel().get();
                database.execute("INSERT INTO t VALUES (2)");
                assertThat(third.awaitChanges(1)).containsExactly("+I[2]");
            }
        }
    }
}
