// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.core.execution.SavepointFormatType;

/** Savepoints of captures, and queries that go on from them. */
final class Savepoints {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private Savepoints() {}

    /** Takes a savepoint of a query that runs; its place. */
    static String of(RunningQuery query, Path folder) throws Exception {
        return query.job()
                .triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(90, TimeUnit.SECONDS);
    }

    /** Starts a query from a savepoint. */
    static RunningQuery restore(String savepoint, String sql) {
        SqlSession session = RunningQuery.session();
        session.set("execution.state-recovery.path", savepoint)
                .set("execution.state-recovery.ignore-unclaimed-state", "true");
        return RunningQuery.of(session, sql);
    }

    /** Waits until a slot of the database is read, or until none is. */
    static void awaitReaders(TestDatabase database, String... active) {
        await(
                () ->
                        database.query(
                                        "SELECT slot_name::text FROM pg_replication_slots WHERE"
                                                + " active AND database = current_database()")
                                .equals(List.of(active)),
                "readers of slots " + List.of(active));
    }

    /** Waits until something holds. */
    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
