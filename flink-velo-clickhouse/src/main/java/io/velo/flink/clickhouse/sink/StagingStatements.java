// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of one step of a {@link StagingTable}, all of them within one budget of time: a
 * JobManager that waits longer loses its TaskManagers. Not thread-safe.
 */
final class StagingStatements {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /**
     * Which tables the server has, by their UUID; empty where there is none.
     *
     * @param staging of the table under the staging name
     * @param target of the table under the name to take
     */
    record Seen(String staging, String target) {}

    private final ClickHouseTarget target;
    private final StagingName name;
    private final HttpTransport transport;
    private final long end = System.nanoTime() + MOST.toNanos();

    StagingStatements(ClickHouseTarget target, StagingName name) {
        this.target = SinkRequest.forPlanning(target);
        this.name = name;
        this.transport = new HttpTransport(this.target);
    }

    /** What is there now. */
    Seen look() throws InterruptedException {
        String query =
                "SELECT name, toString(uuid) FROM system.tables WHERE database = "
                        + Sql.text(target.database())
                        + " AND name IN ("
                        + Sql.texts(List.of(name.name(), name.table()))
                        + ")";
        Map<String, String> found = new HashMap<>();
        for (List<String> row : run("Looking for the table", query)) {
            found.put(row.get(0), row.get(1));
        }
        return new Seen(found.getOrDefault(name.name(), ""), found.getOrDefault(name.table(), ""));
    }

    /** Runs a statement that may as well run twice, as often as it takes. */
    List<List<String>> run(String what, String statement) throws InterruptedException {
        return Patience.ask(
                left(), transport, what, () -> transport.rows(statement, target.settings()));
    }

    /**
     * Drops a table of any size, if it is there. The server's limit of size is against mistakes; a
     * server that does not take another limit from this statement drops tables within its own.
     */
    void drop(String table) throws InterruptedException {
        String what = "Dropping " + table;
        String statement = "DROP TABLE IF EXISTS " + Sql.table(target.database(), table);
        Map<String, String> unlimited = new HashMap<>(target.settings());
        unlimited.put("max_table_size_to_drop", "0");
        try {
            Patience.ask(left(), transport, what, () -> transport.rows(statement, unlimited));
        } catch (VeloException failure) {
            if (!(failure.reason().orElse(null) instanceof ServerFailure)) {
                throw failure;
            }
            run(what, statement);
        }
    }

    /**
     * Sends a statement that must not run twice: the server refuses it while one of the same table
     * is running, also one that a JobManager sent before it died.
     *
     * @throws IOException if it failed; {@link #isSurelyUndone} tells whether it may still run
     */
    void send(String statement) throws IOException {
        // A connection of its own: one that was kept may be closed just now, and nobody could tell
        // whether the statement had arrived.
        Map<String, String> settings = new HashMap<>(target.settings());
        settings.put("query_id", "velo-staging-" + name.id());
        new HttpTransport(target).rows(statement, settings);
    }

    /** Whether a statement that failed like this has not run and will not. */
    static boolean isSurelyUndone(IOException failure) {
        return failure instanceof ServerFailure said && said.code() != 0
                || HttpTransport.notConnected(failure);
    }

    /** Waits a moment, unless it is no use or the time is over: then it throws the failure. */
    void pause(String what, IOException failure) throws InterruptedException {
        boolean passes = Explanation.classify(failure) == FailureClass.TRANSIENT;
        if (!passes || left().compareTo(PAUSE) <= 0) {
            throw Explanation.of(failure, what, transport.host(), target.place());
        }
        Thread.sleep(PAUSE.toMillis());
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
