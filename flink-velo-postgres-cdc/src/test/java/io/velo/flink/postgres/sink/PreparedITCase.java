// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prepared transactions, for which a server has to be set up. */
class PreparedITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static PostgresServer server;
    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        server =
                RequiredServer.started(
                        PostgresServer.createWith(Map.of("max_prepared_transactions", "10")));
        database = TestDatabase.create(server);
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
        server.close();
    }

    @Test
    void takeValuesThatTheServerCasts() throws Exception {
        database.execute("CREATE TABLE cast_ones (id int8, at inet)");
        SqlSession sql = session("cast_ones", "id BIGINT, `at` STRING");

        sql.run("INSERT INTO t SELECT n, '127.0.0.1' FROM numbers");

        assertThat(database.query("SELECT count(*) || ' ' || count(DISTINCT id) FROM cast_ones"))
                .containsExactly("9000 9000");
    }

    @Test
    void refuseWhatOnlyATemporaryTableTakes() throws Exception {
        database.execute("CREATE TABLE mixed (at inet, l int4[])");
        SqlSession sql = session("mixed", "`at` STRING, l ARRAY<INT>");

        assertThatThrownBy(() -> sql.run("INSERT INTO t SELECT '::1', ARRAY[1] FROM numbers"))
                .hasStackTraceContaining("VELO-CAP-002")
                .hasStackTraceContaining("'sink.commit-method'='staging'");
    }

    @Test
    void leaveOnlyWhatTheRestoredCheckpointKnows() throws Exception {
        database.execute("CREATE TABLE target (id int8)");
        Ledger ledger = new Ledger(target());
        try (PostgresSession session =
                PostgresSession.tryOpen(database.settings(), SessionPurpose.WRITE)) {
            session.connection().setAutoCommit(false);
            ledger.open(session);
            StagingNames early = waiting("job", 8);
            ledger.know(session, early.writer(), 7);
            StagingNames late = waiting("job", 8);
            ledger.know(session, late.writer(), 8);
            StagingNames lost = waiting("job", 8);
            StagingNames other = waiting("other job", 8);
            Set<String> owners = StagingNames.owners("job", "operator", 2, 3, 12);

            ledger.cleanUnknown(session, owners, OptionalLong.of(7));
            assertThat(waiting()).containsExactlyInAnyOrderElementsOf(names(early, other));
            assertThat(waiting()).noneMatch(name -> name.startsWith(lost.name(3)));

            // The first commit takes the place of what was noted at the checkpoint.
            StagedRows rows =
                    new StagedRows(CommitMethod.STAGING, early.writer(), 0, early.name(0));
            ledger.note(session, rows);
            ledger.forgetBefore(session, rows);
            session.connection().commit();
            ledger.cleanUnknown(session, owners, OptionalLong.of(7));
            assertThat(waiting()).containsExactlyInAnyOrderElementsOf(names(early, other));

            ledger.clean(session, early.writer(), 4);
            assertThat(waiting()).contains(early.name(3)).doesNotContain(early.name(4));

            ledger.cleanUnknown(session, owners, OptionalLong.empty());
            assertThat(waiting()).containsExactlyInAnyOrderElementsOf(names(other));

            ledger.clean(session, other.writer(), 0);
            assertThat(waiting()).isEmpty();
        }
    }

    /** A table that waits and a transaction that is prepared, of a new writer. */
    private static StagingNames waiting(String job, int subtask) {
        StagingNames names = StagingNames.start(StagingNames.owner(job, "operator", subtask));
        database.execute("CREATE TABLE " + names.name(3) + " (id int8)");
        database.execute(
                "BEGIN; INSERT INTO target VALUES (1); PREPARE TRANSACTION '"
                        + names.name(4)
                        + "'");
        return names;
    }

    private static List<String> names(StagingNames... all) {
        return Arrays.stream(all).flatMap(n -> Stream.of(n.name(3), n.name(4))).toList();
    }

    private static List<String> waiting() {
        return database.query(
                "SELECT relname::text FROM pg_class WHERE relkind = 'r'"
                        + " AND relname ~ '^velo_[0-9a-f]{16}_'"
                        + " UNION ALL SELECT gid FROM pg_prepared_xacts");
    }

    private static WriteTarget target() {
        return new WriteTarget(
                database.settings(),
                TableName.of("public", "target"),
                "t",
                RowType.of(),
                List.of(),
                List.of(),
                OnConflict.ERROR,
                -1,
                false,
                false,
                false,
                CommitMethod.PREPARED);
    }

    private static SqlSession session(String table, String columns) throws Exception {
        SqlSession sql = SqlSession.streaming().set("execution.checkpointing.interval", "1 h");
        sql.run(
                "CREATE TABLE t ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + database.uri("table=" + table)
                        + "','sink.delivery-guarantee'='exactly-once',"
                        + "'sink.commit-method'='prepared')");
        sql.run(
                "CREATE TEMPORARY TABLE numbers (n BIGINT NOT NULL) WITH ('connector'='datagen',"
                        + "'rows-per-second'='30000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='9000')");
        return sql;
    }
}
