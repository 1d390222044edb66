// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Traps of the server in which a capture could lose changes or see them twice. */
@Timeout(600)
class CaptureTrapsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static PostgresServer server;

    private TestDatabase database;

    @BeforeAll
    static void startServer() {
        server =
                RequiredServer.started(
                        PostgresServer.createWith(Map.of("max_prepared_transactions", "5")));
    }

    @AfterAll
    static void endServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create(server);
    }

    @AfterEach
    void dropDatabase() {
        Moment.observeNoMore();
        database.close();
    }

    private RunningQuery query(String columns, String parameters) {
        return RunningQuery.of(
                RunningQuery.session(),
                "SELECT " + columns + " FROM `" + database.uri("cdc=true&" + parameters) + "`");
    }

    private static String ours(String columns) {
        return "SELECT "
                + columns
                + " FROM pg_replication_slots WHERE database ="
                + " current_database()";
    }

    private void requireFailure(String parameters, String sentence) throws Exception {
        try (RunningQuery query = query("*", parameters)) {
            assertThat(query.awaitFailure()).hasStackTraceContaining(sentence);
        }
    }

    @Test
    void aRangeIsReadInTheMomentThatItNotes() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text); ALTER TABLE t REPLICA IDENTITY FULL;"
                        + " INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        AtomicBoolean changed = new AtomicBoolean();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.CHUNK_SNAPSHOT && changed.compareAndSet(false, true)) {
                        database.execute(
                                "INSERT INTO t VALUES (3, 'c'); UPDATE t SET v = 'x' WHERE id = 1;"
                                        + " DELETE FROM t WHERE id = 2");
                    }
                });
        try (RunningQuery query = query("*", "table=t&changelog=append")) {
            assertThat(query.awaitChanges(5))
                    .containsExactly("+I[1, a]", "+I[2, b]", "+I[3, c]", "+I[1, x]", "+I[2, b]");
        }
        assertThat(changed).isTrue();
    }

    @Test
    void aTableIsNotRewrittenBetweenASnapshotAndItsRead() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1)");
        List<CompletableFuture<Void>> rewrites = new ArrayList<>();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.CHUNK_SNAPSHOT && rewrites.isEmpty()) {
                        CompletableFuture<Void> rewrite =
                                CompletableFuture.runAsync(
                                        () ->
                                                database.execute(
                                                        "ALTER TABLE t ALTER v TYPE"
                                                                + " varchar(50)"
                                                                + " USING v || ''"));
                        rewrites.add(rewrite);
                        Savepoints.await(
                                () -> rewrite.isDone() || isBlocked(), "a rewrite that waits");
                    }
                });
        try (RunningQuery query = query("id", "table=t")) {
            query.awaitTable(List.of("1"));
            rewrites.get(0).get();
            database.execute("INSERT INTO t VALUES (2)");
            query.awaitTable(List.of("1", "2"));
        }
    }

    private boolean isBlocked() {
        return !database.query(
                        "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 't'::regclass")
                .isEmpty();
    }

    /**
     * Prepared before the first range is read and committed behind it: that range does not show
     * what the others show, and only its list of running transactions says so.
     */
    @Test
    void preparedTransactionsCountWhenTheyCommit() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE u (i int); INSERT INTO t"
                        + " SELECT i, repeat('x', 200) FROM generate_series(1, 1500) i; ANALYZE t");
        AtomicInteger read = new AtomicInteger();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.SLOT_CREATED) {
                        database.execute(
                                "BEGIN; UPDATE t SET v = 'kept'; PREPARE TRANSACTION 'kept'");
                        database.execute("BEGIN; DELETE FROM u; PREPARE TRANSACTION 'gone'");
                        // Snapshots that follow know of greater numbers than the prepared ones.
                        database.execute("INSERT INTO u VALUES (1)");
                    } else if (moment == Moment.CHUNK_READ && read.incrementAndGet() == 1) {
                        database.execute("COMMIT PREPARED 'kept'");
                        database.execute("ROLLBACK PREPARED 'gone'");
                    }
                });
        try (RunningQuery query =
                query(
                        "COUNT(*), COUNT(DISTINCT v), MAX(v)",
                        "table=t&snapshot_chunk_bytes=64kb&parallelism=1")) {
            query.awaitTable(List.of("1500, 1, kept"));
            assertThat(read.get()).as("ranges").isGreaterThan(1);
        }
    }

    @Test
    void changesThatShareAPlaceComeOnceHoweverOftenTheConnectionBreaks() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        List<String> expected =
                IntStream.range(0, 4_000)
                        .mapToObj(id -> "+I[" + id + "]")
                        .collect(Collectors.toList());
        try (RunningQuery query = query("*", "table=t&changelog=append&retry_initial_delay=10ms")) {
            Readers.awaitOne(database);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(this::writeOneAndMany);
            for (int i = 0; i < 15; i++) {
                int seen = query.changes().size();
                Savepoints.await(
                        () -> query.changes().size() > seen || seen == expected.size(),
                        "more changes");
                database.query(
                        ours("pg_terminate_backend(active_pid)::text")
                                + " AND active_pid IS NOT NULL");
            }
            writer.get();
            query.awaitChanges(expected.size());
            database.execute("INSERT INTO t VALUES (4000)");
            expected.add("+I[4000]");
            assertThat(query.awaitChanges(expected.size())).isEqualTo(expected);
        }
    }

    /** Transactions back to back, and transactions all of whose rows stand at one place. */
    private void writeOneAndMany() {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (int block = 0; block < 4; block++) {
                int first = block * 1_000;
                for (int i = 0; i < 200; i++) {
                    statement.execute("INSERT INTO t VALUES (" + (first + i) + ")");
                }
                String rows =
                        IntStream.range(first + 200, first + 1_000)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("\n"));
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY t FROM STDIN", new StringReader(rows));
            }
        } catch (SQLException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anIdentityWithoutTheKeyIsRefused() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, u int NOT NULL UNIQUE); ALTER TABLE t REPLICA"
                        + " IDENTITY USING INDEX t_u_key");
        requireFailure("table=t", "do not identify its rows by the key: they lack id");
    }

    @Test
    void aGeneratedColumnIsRefused() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2)"
                        + " STORED)");
        requireFailure("table=t", "the server does not send generated columns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t WHERE (id > 5)",
                "t (id)",
                "t WITH (publish = 'insert')",
                "t WITH (publish = 'insert, update, delete')"
            })
    void aPublicationThatLeavesSomethingOutIsRefused(String contents) throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text); CREATE PUBLICATION partly FOR TABLE "
                        + contents);
        requireFailure("table=t&publication_name=partly", "Publication 'partly'");
    }

    @Test
    void rowSecurityIsRefused() throws Exception {
        String reader = "reader_" + System.nanoTime();
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION whole FOR TABLE t");
        database.execute(
                "CREATE ROLE "
                        + reader
                        + " LOGIN REPLICATION PASSWORD 'reader'; GRANT SELECT ON t TO "
                        + reader
                        + "; ALTER TABLE t ENABLE ROW LEVEL SECURITY");
        String login = "//" + server.username() + ":" + server.password() + "@";
        String uri = database.uri("cdc=true&table=t&publication_name=whole");
        try (RunningQuery query =
                RunningQuery.of(
                        RunningQuery.session(),
                        "SELECT * FROM `" + uri.replace(login, "//" + reader + ":reader@") + "`")) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("Row security hides rows of table public.t");
        } finally {
            database.execute("DROP OWNED BY " + reader + "; DROP ROLE " + reader);
        }
    }

    @Test
    void aChangedIdentityEndsTheJob() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, u int NOT NULL UNIQUE); INSERT INTO t VALUES"
                        + " (1, 1)");
        try (RunningQuery query = query("*", "table=t")) {
            query.awaitTable(List.of("1, 1"));
            Readers.awaitOne(database);
            database.execute("ALTER TABLE t REPLICA IDENTITY USING INDEX t_u_key; DELETE FROM t");
            assertThat(query.awaitFailure()).hasStackTraceContaining("REPLICA IDENTITY");
        }
    }

    @Test
    void aSlotThatCannotBeMadeNamesTheProcessItWaitsFor() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int)");
        try (Connection open = database.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO u VALUES (1)");
            requireFailure(
                    "table=t&slot_create_timeout=1s",
                    "it waits for transactions of the processes ["
                            + open.unwrap(PGConnection.class).getBackendPID()
                            + "]");
        }
        Savepoints.await(() -> database.query(ours("slot_name::text")).isEmpty(), "no slot");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTransactionThatIsOlderThanItsTablesPublicationIsNotLost(boolean slotIsThere)
            throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY);"
                        + " CREATE PUBLICATION shared FOR TABLE u");
        String slot = "";
        if (slotIsThere) {
            slot = "&slot_name=shared";
            database.query("SELECT pg_create_logical_replication_slot('shared', 'pgoutput')::text");
        }
        try (Connection open = database.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            try (RunningQuery query = query("*", "table=t&publication_name=shared" + slot)) {
                Savepoints.await(
                        () ->
                                !database.query(
                                                "SELECT 1 FROM pg_publication_tables WHERE tablename"
                                                        + " = 't'")
                                        .isEmpty(),
                        "a publication with the table");
                awaitWaitOrReader();
                statement.execute("INSERT INTO t VALUES (2)");
                open.commit();
                query.awaitTable(List.of("1", "2"));
            }
        }
    }

    /** Its table must have been published before the slot was made: no range shows its row. */
    @Test
    void aTransactionThatWritesBetweenItsSlotAndTheRangesIsNotLost() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY);"
                        + " CREATE PUBLICATION shared FOR TABLE u");
        AtomicBoolean committed = new AtomicBoolean();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.SLOT_CREATED) {
                        database.execute(
                                "BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'early'");
                    } else if (moment == Moment.CHUNK_READ
                            && committed.compareAndSet(false, true)) {
                        database.execute("COMMIT PREPARED 'early'");
                    }
                });
        try (RunningQuery query = query("*", "table=t&publication_name=shared")) {
            query.awaitTable(List.of("1"));
        }
    }

    /** Waits until the capture waits for running transactions, or reads although they run. */
    private void awaitWaitOrReader() {
        String waiting =
                "SELECT 'true' FROM pg_stat_activity WHERE query LIKE 'CREATE_REPLICATION_SLOT%' OR"
                        + " query = 'SELECT pg_catalog.pg_current_snapshot()::text'";
        Savepoints.await(
                () ->
                        database.query(waiting).contains("true")
                                || database.query(ours("active::text")).contains("true"),
                "a capture that waits for a transaction");
    }

    @Test
    void aSlotThatIsOlderThanItsPublicationEndsTheJob() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        database.query("SELECT pg_create_logical_replication_slot('early', 'pgoutput')::text");
        database.execute("INSERT INTO t VALUES (1); CREATE PUBLICATION late FOR TABLE t");
        requireFailure(
                "table=t&scan_startup=committed&slot_name=early&publication_name=late",
                "publication \"late\" does not exist");
    }

    @Test
    void anyNameAndTypesWithoutABinaryFormAreRead() throws Exception {
        database.execute(
                "CREATE TABLE \"Odd \"\"%_ ü\" (\"select\" int PRIMARY KEY, \"a.B\" text, acl"
                        + " aclitem)");
        String row = "'text', 'velo=r/velo'";
        database.execute("INSERT INTO \"Odd \"\"%_ ü\" VALUES (1, " + row + ")");
        String table = "cdc=true&table=Odd%20%22%25_%20%C3%BC";
        // In binary form the server sends what has none as text, also where nobody wants it.
        for (String format : List.of("auto", "text", "binary")) {
            SqlSession session = RunningQuery.session();
            String acl = format.equals("binary") ? "" : ", acl STRING";
            session.run(
                    "CREATE TABLE changes (`select` INT, `a.B` STRING"
                            + acl
                            + ", PRIMARY KEY (`select`) NOT ENFORCED) WITH ('connector'='velo', 'uri'='"
                            + database.uri(table + "&slot_name=odd_" + format)
                            + "', 'format'='"
                            + format
                            + "')");
            try (RunningQuery query = RunningQuery.of(session, "SELECT * FROM changes")) {
                String values = acl.isEmpty() ? "text" : "text, velo=r/velo";
                query.awaitTable(List.of("1, " + values));
                Readers.awaitOne(database);
                database.execute("INSERT INTO \"Odd \"\"%_ ü\" VALUES (2, " + row + ")");
                query.awaitTable(List.of("1, " + values, "2, " + values));
            }
            database.execute("DELETE FROM \"Odd \"\"%_ ü\" WHERE \"select\" = 2");
            Savepoints.await(
                    () -> !database.query(ours("active::text")).contains("true"),
                    "the end of the reader");
            database.query("SELECT pg_drop_replication_slot('odd_" + format + "')::text");
        }
    }

    @Test
    void rangesOfRandomKeysAreReadByTheIndex() throws Exception {
        database.execute("CREATE TABLE t (id uuid PRIMARY KEY, v text)");
        database.execute(
                "INSERT INTO t SELECT md5(i::text)::uuid, repeat('x', 100) FROM generate_series(1,"
                        + " 5000) i");
        database.execute("ANALYZE t");
        // A server that thinks nothing of its index, as with tables that are larger than its
        // memory.
        database.execute(
                "ALTER DATABASE "
                        + database.settings().database()
                        + " SET random_page_cost = 10000");
        try (RunningQuery query =
                query("id", "table=t&snapshot_strategy=key&snapshot_chunk_bytes=64kb")) {
            query.awaitChanges(5_000);
            Savepoints.await(
                    () ->
                            database.query(
                                            "SELECT 1 FROM pg_stat_user_tables WHERE relname = 't'"
                                                    + " AND idx_scan > 3")
                                    .equals(List.of("1")),
                    "reads by the index");
            assertThat(
                            database.query(
                                    "SELECT (seq_scan <= 1)::text FROM pg_stat_user_tables WHERE"
                                            + " relname = 't'"))
                    .containsExactly("true");
        }
    }

    /** The server says nothing of a partition that goes with its rows: its page says so. */
    @Test
    void aDetachedPartitionTakesNoRowsAwayAndSendsNoMore() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE"
                        + " TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF"
                        + " t FOR VALUES IN (2); INSERT INTO t VALUES (1, 1), (2, 2)");
        try (RunningQuery query = query("*", "table=t")) {
            query.awaitTable(List.of("1, 1", "2, 2"));
            Readers.awaitOne(database);
            database.execute("UPDATE t SET k = 2 WHERE id = 1; INSERT INTO t VALUES (3, 1)");
            query.awaitTable(List.of("1, 2", "2, 2", "3, 1"));
            database.execute("ALTER TABLE t DETACH PARTITION t2");
            database.execute("DELETE FROM t2; INSERT INTO t2 VALUES (4, 2)");
            database.execute("INSERT INTO t VALUES (5, 1); DELETE FROM t WHERE id = 3");
            query.awaitTable(List.of("1, 2", "2, 2", "5, 1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "ctid"})
    void tablesThatInheritAreNotPartOfTheirParent(String strategy) throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE heir (PRIMARY KEY (id)) INHERITS"
                        + " (t); INSERT INTO t VALUES (1); INSERT INTO heir VALUES (2)");
        try (RunningQuery query = query("*", "table=t&snapshot_strategy=" + strategy)) {
            query.awaitTable(List.of("1"));
            Readers.awaitOne(database);
            // Both rows of the first statement, one of each table.
            database.execute("UPDATE t SET id = id + 10; INSERT INTO heir VALUES (3)");
            database.execute("INSERT INTO t VALUES (4)");
            query.awaitTable(List.of("11", "4"));
        }
    }

    @Test
    void aTruncateOfAnotherTableThatCascadesIsNoticed() throws Exception {
        database.execute(
                "CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY REFERENCES"
                        + " u); INSERT INTO u VALUES (1); INSERT INTO t VALUES (1)");
        try (RunningQuery query = query("*", "table=t")) {
            query.awaitTable(List.of("1"));
            Readers.awaitOne(database);
            database.execute("TRUNCATE u CASCADE");
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("Table public.t was truncated");
        }
    }

    /** In LATIN2 the bytes of these letters are in another order than their numbers in Unicode. */
    @ParameterizedTest
    @CsvSource({"LATIN1, À, É, Õ", "LATIN2, Ą, Ł, Č"})
    void aServerThatIsNotUnicodeIsReadByItsKeys(String encoding, String a, String b, String c)
            throws Exception {
        String name = "latin_" + System.nanoTime();
        database.execute(
                "CREATE DATABASE "
                        + name
                        + " ENCODING '"
                        + encoding
                        + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try (TestDatabase other = TestDatabase.on(server, name)) {
            other.execute("CREATE TABLE t (id text PRIMARY KEY, v text)");
            other.execute(
                    "INSERT INTO t SELECT letter || i, repeat('ö', 100) FROM (VALUES ('"
                            + String.join("', 50), ('", a, b)
                            + "', 200), ('"
                            + c
                            + "', 1500)) AS l (letter, most), generate_series(1, most) i; ANALYZE t");
            AtomicInteger read = new AtomicInteger();
            AtomicBoolean changed = new AtomicBoolean();
            Moment.observe(
                    (moment, detail) -> {
                        if (moment == Moment.CHUNK_READ && read.incrementAndGet() == 1) {
                            other.execute(
                                    "UPDATE t SET v = 'ß' WHERE right(id, 1) = '5'; DELETE FROM t"
                                            + " WHERE right(id, 1) = '7'; INSERT INTO t SELECT"
                                            + " id || 'é', 'new' FROM t WHERE right(id, 1) = '3'");
                            changed.set(true);
                        }
                    });
            String parameters = "cdc=true&table=t&snapshot_chunk_bytes=64kb&parallelism=1";
            try (RunningQuery query =
                    RunningQuery.of(
                            RunningQuery.session(),
                            "SELECT * FROM `" + other.uri(parameters) + "`")) {
                Savepoints.await(changed::get, "the changes amid the reading");
                query.awaitTable(other.query("SELECT id || ', ' || v FROM t"));
            }
        }
    }

    @Test
    void aSlotThatTheServerInvalidatedEndsTheJob() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION lost FOR TABLE t");
        database.query("SELECT pg_create_logical_replication_slot('lost', 'pgoutput')::text");
        database.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
        database.execute("SELECT pg_reload_conf()");
        try {
            Savepoints.await(
                    () -> {
                        database.execute("CREATE TABLE IF NOT EXISTS filling (i int)");
                        database.execute("INSERT INTO filling VALUES (1)");
                        database.execute("SELECT pg_switch_wal()");
                        database.execute("CHECKPOINT");
                        return database.query(ours("wal_status")).equals(List.of("lost"));
                    },
                    "a lost slot");
            requireFailure(
                    "table=t&scan_startup=committed&slot_name=lost",
                    "The server has invalidated slot 'lost'");
        } finally {
            database.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
            database.execute("SELECT pg_reload_conf()");
        }
    }
}
