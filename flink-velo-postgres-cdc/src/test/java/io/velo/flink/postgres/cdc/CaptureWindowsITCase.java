// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The windows in which a capture can lose a transaction, each hit on purpose: changes whose
 * position in the log is before a range's snapshot and whose commit is behind it, and commits that
 * the log has and readers do not see yet because they wait for a synchronous standby.
 */
@Timeout(600)
class CaptureWindowsITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    /** How many changes must hit the window in each run; the runs together have four times it. */
    private static final int ATTEMPTS = Integer.getInteger("velo.capture.attempts", 50);

    private static final int ROWS = 8_000;

    @AfterEach
    void endObservation() {
        Moment.observeNoMore();
    }

    /** Transactions that stay open while ranges are read, each with changes all over the table. */
    private static final class OpenTransactions implements AutoCloseable {

        private final List<Connection> connections = new ArrayList<>();
        private int committed;

        void open(TestDatabase database, int number) {
            try {
                Connection connection = connect(database);
                connections.add(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    String rows = "id % 100 = " + number * 5;
                    statement.execute("UPDATE t SET v = 'updated' WHERE " + rows);
                    statement.execute("DELETE FROM t WHERE (id - 1) % 100 = " + number * 5);
                    statement.execute(
                            "UPDATE t SET id = 100000 - id WHERE (id - 2) % 100 = " + number * 5);
                    statement.execute(
                            "INSERT INTO t SELECT -id - 1, 'inserted' FROM t WHERE " + rows);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        synchronized void commitOne() {
            if (committed < connections.size()) {
                try {
                    connections.get(committed++).commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        synchronized int open() {
            return connections.size() - committed;
        }

        void commitAll() {
            while (open() > 0) {
                commitOne();
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static Connection connect(TestDatabase database) throws SQLException {
        PostgresServer server = database.server();
        return DriverManager.getConnection(
                server.jdbcUrl(database.settings().database().name()),
                server.username(),
                server.password());
    }

    @ParameterizedTest
    @CsvSource({"1, key", "2, key", "1, ctid", "2, ctid"})
    void losesNoChangeBeforeASnapshotThatCommitsBehindIt(int parallelism, String strategy)
            throws Exception {
        try (TestDatabase database = TestDatabase.create();
                OpenTransactions transactions = new OpenTransactions()) {
            database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
            database.execute(
                    "INSERT INTO t SELECT i, repeat('x', 60) FROM generate_series(0, "
                            + (ROWS - 1)
                            + ") i");
            database.execute("ANALYZE t");
            AtomicInteger hits = new AtomicInteger();
            AtomicInteger ranges = new AtomicInteger();
            Moment.observe(
                    (moment, detail) -> {
                        if (moment == Moment.SLOT_CREATED) {
                            for (int i = 0; i < 12; i++) {
                                transactions.open(database, i);
                            }
                        } else if (moment == Moment.CHUNK_READ) {
                            // Other commits move the log on, as on any busy server.
                            database.execute("UPDATE t SET v = v WHERE id = 99");
                            hits.addAndGet(transactions.open());
                            if (ranges.incrementAndGet() % 2 == 0) {
                                transactions.commitOne();
                            }
                        }
                    });
            String uri =
                    database.uri(
                            "table=t&cdc=true&snapshot_chunk_bytes=64kb&snapshot_strategy="
                                    + strategy
                                    + "&parallelism="
                                    + parallelism);
            try (RunningQuery query =
                    RunningQuery.of(
                            RunningQuery.session(), "SELECT id, MD5(v) FROM `" + uri + "`")) {
                query.awaitChanges(ROWS);
                transactions.commitAll();
                query.awaitTable(database.query("SELECT id || ', ' || md5(v) FROM t"));
            }
            assertThat(hits.get()).as("changes in the window").isGreaterThanOrEqualTo(ATTEMPTS);
        }
    }

    /** A commit that waits for a standby that does not exist. */
    private static CompletableFuture<Void> commitInLimbo(
            TestDatabase database, Connection connection) throws Exception {
        CompletableFuture<Void> commit =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                connection.commit();
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Savepoints.await(
                () ->
                        database.query(
                                        "SELECT count(*)::text FROM pg_stat_activity WHERE"
                                                + " wait_event = 'SyncRep'")
                                .get(0)
                                .equals("1"),
                "a commit that waits for a standby");
        return commit;
    }

    private static void standbys(TestDatabase database, String names) {
        database.execute("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
        database.execute("SELECT pg_reload_conf()");
        Savepoints.await(
                () -> database.query("SHOW synchronous_standby_names").get(0).equals(names),
                "the setting");
        if (!names.isEmpty()) {
            awaitCommitsWait(database);
        }
    }

    /** Commits follow the setting once the checkpointer has read it, later than new sessions do. */
    private static void awaitCommitsWait(TestDatabase database) {
        String cancelled =
                "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity"
                        + " WHERE wait_event = 'SyncRep'";
        Savepoints.await(
                () -> {
                    CompletableFuture<Void> commit =
                            CompletableFuture.runAsync(
                                    () ->
                                            database.execute(
                                                    "SELECT pg_logical_emit_message(true, 'velo',"
                                                            + " '')"));
                    boolean waited = false;
                    while (!commit.isDone()) {
                        waited |= !database.query(cancelled).isEmpty();
                        LockSupport.parkNanos(1_000_000);
                    }
                    return waited;
                },
                "commits that wait for a standby");
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void losesNoCommitThatWaitsForAStandbyWhileRangesAreRead(int parallelism) throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
            database.execute(
                    "INSERT INTO t SELECT i, repeat('x', 60) FROM generate_series(0, 4999) i");
            database.execute("ANALYZE t");
            AtomicReference<CompletableFuture<Void>> commit = new AtomicReference<>();
            AtomicInteger hits = new AtomicInteger();
            try (Connection connection = connect(database)) {
                connection.setAutoCommit(false);
                Moment.observe(
                        (moment, detail) -> {
                            try {
                                if (moment == Moment.SLOT_CREATED) {
                                    connection
                                            .createStatement()
                                            .execute("UPDATE t SET v = 'limbo' WHERE id % 25 = 0");
                                    standbys(database, "nosuch");
                                    commit.set(commitInLimbo(database, connection));
                                } else if (moment == Moment.CHUNK_READ && !commit.get().isDone()) {
                                    hits.incrementAndGet();
                                }
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
                String uri =
                        database.uri(
                                "table=t&cdc=true&snapshot_chunk_bytes=64kb&parallelism="
                                        + parallelism);
                try (RunningQuery query =
                        RunningQuery.of(
                                RunningQuery.session(), "SELECT id, MD5(v) FROM `" + uri + "`")) {
                    query.awaitChanges(5000);
                    assertThat(commit.get()).isNotDone();
                    standbys(database, "");
                    commit.get().get();
                    query.awaitTable(database.query("SELECT id || ', ' || md5(v) FROM t"));
                }
            }
            // 200 changed rows, all of them in ranges that were read while they waited.
            assertThat(hits.get()).isGreaterThan(3);
        }
    }

    @Test
    void losesNoCommitThatWaitsForAStandbyWhenTheSlotBegins() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            database.execute(
                    "CREATE TABLE t (id int8 PRIMARY KEY, v text); CREATE TABLE u (i int)");
            database.execute("INSERT INTO t VALUES (1, 'old')");
            AtomicInteger created = new AtomicInteger();
            AtomicInteger ranges = new AtomicInteger();
            Moment.observe(
                    (moment, detail) -> {
                        if (moment == Moment.SLOT_CREATED) {
                            created.incrementAndGet();
                        } else if (moment == Moment.CHUNK_READ) {
                            ranges.incrementAndGet();
                        }
                    });
            try (Connection a = connect(database);
                    Connection b = connect(database);
                    Connection limbo = connect(database)) {
                for (Connection connection : List.of(a, b, limbo)) {
                    connection.setAutoCommit(false);
                }
                a.createStatement().execute("INSERT INTO u VALUES (1)");
                try (RunningQuery query =
                        RunningQuery.of(
                                RunningQuery.session(),
                                "SELECT * FROM `" + database.uri("table=t&cdc=true") + "`")) {
                    awaitSlotWaits(database, xid(a));
                    b.createStatement().execute("INSERT INTO u VALUES (2)");
                    a.commit();
                    awaitSlotWaits(database, xid(b));
                    limbo.createStatement().execute("UPDATE t SET v = 'limbo'");
                    standbys(database, "nosuch");
                    CompletableFuture<Void> commit = commitInLimbo(database, limbo);
                    b.createStatement().execute("SET LOCAL synchronous_commit = local");
                    b.commit();
                    Savepoints.await(() -> created.get() == 1, "the slot");
                    Savepoints.await(
                            () -> ranges.get() > 0 || waitsForVisibility(database),
                            "a capture that waits, or reads although it should");
                    assertThat(commit).isNotDone();
                    standbys(database, "");
                    commit.get();
                    query.awaitTable(List.of("1, limbo"));
                }
            }
        }
    }

    private static boolean waitsForVisibility(TestDatabase database) {
        return !database.query(
                        "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT"
                                + " pg_catalog.pg_current_snapshot()::text'")
                .isEmpty();
    }

    private static String xid(Connection connection) throws SQLException {
        try (ResultSet result =
                connection
                        .createStatement()
                        .executeQuery("SELECT pg_current_xact_id()::xid::text")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void awaitSlotWaits(TestDatabase database, String xid) {
        Savepoints.await(
                () ->
                        !database.query(
                                        "SELECT pid FROM pg_locks WHERE NOT granted AND"
                                                + " transactionid::text = '"
                                                + xid
                                                + "'")
                                .isEmpty(),
                "a slot that waits for a transaction");
    }
}
