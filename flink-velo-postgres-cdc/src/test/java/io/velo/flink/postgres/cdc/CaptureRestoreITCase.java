// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
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
        database.execute("ALTER PUBLICATION " + slot() + " ADD TABLE t; INSERT INTO t VALUES (3)");
        try (RunningQuery query = Savepoints.restore(savepoint, sql)) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining("another one was made under the same name");
            assertThat(query.changes()).isEmpty();
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
}
