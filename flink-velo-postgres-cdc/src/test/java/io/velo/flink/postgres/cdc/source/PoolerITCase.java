// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.cdc.CapturedTables;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SharedSessions;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.fault.Await;
import io.velo.flink.testkit.server.PgBouncerServer;
import io.velo.flink.testkit.server.PgBouncerServer.PoolMode;
import io.velo.flink.testkit.server.ServerUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A capture through PgBouncer, which only Debian has: elsewhere these tests are skipped. */
@Timeout(180)
class PoolerITCase {

    private static final TableName TABLE = TableName.of("public", "t");

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void createTable() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private PgBouncerServer pooler(PoolMode mode) {
        PgBouncerServer pooler = PgBouncerServer.before(database.server(), mode);
        try {
            pooler.start();
            return pooler;
        } catch (ServerUnavailableException e) {
            pooler.close();
            return Assumptions.abort(e.getMessage());
        }
    }

    private CaptureEnumerator begin(PgBouncerServer pooler, Startup startup) {
        CaptureEnumerator enumerator =
                new CaptureEnumerator(
                        CapturedIntegers.of(database.settingsBehind(pooler.port()), TABLE, startup),
                        new Conversation(),
                        CaptureCheckpoint.NOTHING);
        enumerator.start();
        return enumerator;
    }

    @ParameterizedTest
    @EnumSource(
            value = Startup.class,
            names = {"INITIAL", "SNAPSHOT", "LATEST"})
    void aPoolerThatSharesSessionsIsRefused(Startup startup) {
        try (PgBouncerServer pooler = pooler(PoolMode.TRANSACTION)) {
            assertThatThrownBy(() -> begin(pooler, startup))
                    .hasStackTraceContaining(
                            "The connection goes to a pooler that shares sessions of the server")
                    .hasStackTraceContaining("Name the server itself in the URI");
        }
        assertThat(slots()).isEmpty();
    }

    /** A job that was begun at the server itself and goes on through a pooler. */
    @Test
    void aRestoreThroughAPoolerThatSharesSessionsIsRefused(@TempDir Path folder) throws Exception {
        CapturePlace place = new CapturePlace("s", "s", "1", 1, 1);
        KnownTables tables = new KnownTables(CapturedTables.of(TABLE).asked(), List.of());
        List<CaptureSplit> restored =
                List.of(
                        SnapshotSplit.unread("e:0", TABLE, 7, TABLE, false, "", Range.ALL),
                        new StreamSplit(place, tables, StreamPosition.at(1, 1), Map.of()));
        try (PgBouncerServer pooler = pooler(PoolMode.TRANSACTION)) {
            for (CaptureSplit split : restored) {
                CaptureSplitReader reader =
                        new CaptureSplitReader(
                                CapturedIntegers.of(
                                        database.settingsBehind(pooler.port()),
                                        TABLE,
                                        Startup.INITIAL),
                                new CaptureProgress(),
                                folder);
                reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
                try {
                    // A connection that breaks is opened again.
                    Await.untilHolds(
                            () ->
                                    assertThatThrownBy(reader::fetch)
                                            .as(split.splitId())
                                            .hasStackTraceContaining(
                                                    "The connection goes to a pooler that shares"
                                                            + " sessions"));
                } finally {
                    reader.close();
                }
            }
        }
    }

    @Test
    void aPoolerThatKeepsSessionsPassesUntilChangesAreAskedFor() throws Exception {
        try (PgBouncerServer pooler = pooler(PoolMode.SESSION)) {
            try (PostgresSession session =
                    PostgresSession.open(
                            database.settingsBehind(pooler.port()), SessionPurpose.SCAN)) {
                assertThatCode(() -> SharedSessions.tryRequireNone(session))
                        .doesNotThrowAnyException();
            }
            begin(pooler, Startup.SNAPSHOT).close();
            assertThatThrownBy(() -> begin(pooler, Startup.INITIAL))
                    .hasStackTraceContaining("replication");
        }
        assertThat(slots()).isEmpty();
    }

    private List<String> slots() {
        return database.query(
                "SELECT slot_name::text FROM pg_replication_slots"
                        + " WHERE database = current_database()");
    }
}
