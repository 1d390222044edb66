// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SharedSessions;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.server.PgBouncerServer;
import io.velo.flink.testkit.server.PgBouncerServer.PoolMode;
import io.velo.flink.testkit.server.ServerUnavailableException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
