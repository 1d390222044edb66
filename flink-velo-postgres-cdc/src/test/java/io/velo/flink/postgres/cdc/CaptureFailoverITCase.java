// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A primary server and a copy of it that becomes the primary in its place. */
@Timeout(300)
class CaptureFailoverITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    @TempDir private Path folder;

    private static String sql(TestDatabase database, String hosts) {
        String uri = database.uri("cdc=true&table=t&changelog=append&slot_name=kept");
        String own = database.server().host() + ":" + database.server().port();
        return "SELECT * FROM `" + uri.replace(own, hosts) + "`";
    }

    private static String sql(TestDatabase database) {
        return sql(database, database.server().host() + ":" + database.server().port());
    }

    @Test
    void goesOnWhereTheNewPrimaryHasWhatWasReadAndNowhereElse() throws Exception {
        try (PostgresServer old = RequiredServer.started(PostgresServer.create());
                PostgresServer copy = PostgresServer.create()) {
            TestDatabase before = TestDatabase.create(old);
            TestDatabase after = TestDatabase.on(copy, before.settings().database().name());
            before.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
            String common = read(before, null, 1);
            old.stop();
            copy(old, copy);
            old.start();
            copy.start();
            theStandbyIsPassedOver(before, copy);

            // The old primary goes on alone for a while: what it writes, the new one lacks.
            before.execute("INSERT INTO t VALUES (10)");
            aRunningJobIsRestartedFromItsCheckpoint(common, before, after);
            String onlyOnOld = read(before, common, 10);
            String onNew = read(after, common, 20);
            after.execute("CREATE TABLE filling AS SELECT i FROM generate_series(1, 20000) i");

            requireLost(onlyOnOld, after, "it lacks changes that this job has read");
            requireLost(onNew, before, "does not have timeline");
            after.execute("INSERT INTO t VALUES (21)");
            read(after, onNew, 21);
            aServerWithOtherDataEndsTheJob(common);
        }
    }

    /**
     * The standby becomes the primary without what the job has read last: the checkpoint is older,
     * so that the job goes on from there.
     */
    private static void aRunningJobIsRestartedFromItsCheckpoint(
            String savepoint, TestDatabase before, TestDatabase after) throws Exception {
        PostgresServer old = before.server();
        String hosts = "127.0.0.1:" + old.port() + ",127.0.0.1:" + after.server().port();
        // No checkpoint comes, so that the one before stays the last; rows show without one.
        SqlSession session =
                RunningQuery.session()
                        .set("execution.checkpointing.interval", "1 h")
                        .set("execution.checkpointing.mode", "AT_LEAST_ONCE")
                        .set("restart-strategy.type", "fixed-delay")
                        .set("restart-strategy.fixed-delay.attempts", "1000")
                        .set("restart-strategy.fixed-delay.delay", "100 ms")
                        .set("execution.state-recovery.path", savepoint)
                        .set("execution.state-recovery.ignore-unclaimed-state", "true");
        try (RunningQuery query = RunningQuery.of(session, sql(before, hosts))) {
            assertThat(query.awaitChanges(1)).containsExactly("+I[10]");
            assertThat(after.query("SELECT pg_promote()::text")).containsExactly("true");
            after.execute("INSERT INTO t VALUES (20)");
            old.kill();
            assertThat(query.awaitChanges(2)).containsExactly("+I[10]", "+I[20]");
        }
        Savepoints.awaitReaders(after);
        old.start();
    }

    private static void aServerWithOtherDataEndsTheJob(String savepoint) throws Exception {
        PostgresServer stranger = RequiredServer.postgres();
        try (TestDatabase made = TestDatabase.create(stranger)) {
            made.execute(
                    "CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION kept FOR TABLE t");
            try (RunningQuery query = Savepoints.restore(savepoint, sql(made))) {
                assertThat(query.awaitFailure())
                        .hasStackTraceContaining("The server holds other data")
                        .hasStackTraceContaining("VELO-IO-007");
            }
        }
    }

    /** Starts or goes on, awaits a row and nothing else, and takes a savepoint. */
    private String read(TestDatabase database, String savepoint, int id) throws Exception {
        try (RunningQuery query =
                savepoint == null
                        ? RunningQuery.of(RunningQuery.session(), sql(database))
                        : Savepoints.restore(savepoint, sql(database))) {
            assertThat(query.awaitChanges(1)).containsExactly("+I[" + id + "]");
            Savepoints.awaitReaders(database, "kept");
            return Savepoints.of(query, folder);
        } finally {
            Savepoints.awaitReaders(database);
        }
    }

    private static void requireLost(String savepoint, TestDatabase database, String sentence)
            throws Exception {
        try (RunningQuery query = Savepoints.restore(savepoint, sql(database))) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("VELO-IO-007")
                    .hasStackTraceContaining(sentence);
            assertThat(query.changes()).isEmpty();
        }
        Savepoints.awaitReaders(database);
    }

    /** The first host of the URI is a standby: rows and changes come from the primary. */
    private static void theStandbyIsPassedOver(TestDatabase primary, PostgresServer standby)
            throws Exception {
        String first = "127.0.0.1:" + standby.port();
        String both = first + ",127.0.0.1:" + primary.server().port();
        String own = sql(primary, both).replace("slot_name=kept", "slot_name=other");
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), own)) {
            query.awaitChanges(1);
            Savepoints.awaitReaders(primary, "other");
            assertThat(query.changes()).containsExactly("+I[1]");
        }
        Savepoints.awaitReaders(primary);
        try (RunningQuery query = RunningQuery.of(RunningQuery.session(), sql(primary, first))) {
            assertThat(query.awaitFailure())
                    .hasStackTraceContaining("not as the kind of server that is wanted");
        }
    }

    private static void copy(PostgresServer from, PostgresServer to) throws Exception {
        Path source = from.folder().resolve("data");
        Path target = to.folder().resolve("data");
        Files.createDirectories(to.folder());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(source.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(target.resolve("standby.signal"), "");
    }
}
