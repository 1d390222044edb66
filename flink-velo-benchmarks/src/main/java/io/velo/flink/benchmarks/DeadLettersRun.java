// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.target.ClickHouseQueries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * What poison costs: rows into ClickHouse of which one in a hundred fits no block and goes to dead
 * letters, against the same rows without poison. Every row must be in the table or a dead letter
 * with the right reason, or there is no figure.
 */
final class DeadLettersRun {

    private static final String NAME = "dead-letters";
    private static final String CLEAN = "no poison";
    private static final String POISONED = "1 % poison";
    private static final int ONE_IN = 100;

    private static final String LETTERS =
            "CREATE TABLE letters (id String, failed_at DateTime64(3, 'UTC'), role String, stage"
                    + " String, category String, code String, message String, attempt Int32, uri"
                    + " String, `table` String, position String, key Nullable(String), value"
                    + " Nullable(String), headers String, format String, job String) ENGINE ="
                    + " MergeTree ORDER BY id";

    private final ClickHouseServer server;
    private final ClickHouseQueries queries;
    private final long rows;
    private final Rates rates = new Rates();

    private DeadLettersRun(ClickHouseServer server, long rows) {
        this.server = server;
        this.queries = new ClickHouseQueries(server);
        this.rows = rows;
    }

    static List<Measurement> run(Effort effort) throws Exception {
        try (ClickHouseServer server = ClickHouseServer.create()) {
            server.start();
            return new DeadLettersRun(server, effort == Effort.QUICK ? 200_000 : 1_000_000)
                    .measure(effort == Effort.QUICK ? 2 : 3);
        }
    }

    private List<Measurement> measure(int repeats) throws Exception {
        try (LocalCluster cluster =
                LocalCluster.start(1, 2, Map.of("execution.checkpointing.interval", "1 s"))) {
            // Compiled code is what counts.
            job(cluster, "1");
            job(cluster, poison());
            for (int i = 0; i < repeats; i++) {
                rates.add(CLEAN, rows, job(cluster, "1"));
                require("SELECT count(), uniqExact(id) FROM target", rows, rows);
                rates.add(POISONED, rows, job(cluster, poison()));
                long letters = rows / ONE_IN;
                require(
                        "SELECT count(), uniqExact(id) FROM target",
                        rows - letters,
                        rows - letters);
                require(
                        "SELECT count(), uniqExact(JSONExtractInt(value, 'id')) FROM letters WHERE"
                                + " code = 'VELO-SCH-005' AND stage = 'encode' AND JSONExtractInt("
                                + "value, 'id') % 100 = 0 AND position(message, 'small') > 0",
                        letters, letters);
            }
        }
        return List.of(rates.ratio(NAME + ".no_poison", POISONED, CLEAN, 0.8));
    }

    /** One row in a hundred has a number that a UInt8 cannot hold. */
    private static String poison() {
        return "CASE WHEN MOD(id, " + ONE_IN + ") = 0 THEN 300 ELSE 1 END";
    }

    private Duration job(LocalCluster cluster, String small) throws Exception {
        queries.say("DROP TABLE IF EXISTS target");
        queries.say("DROP TABLE IF EXISTS letters");
        queries.say("CREATE TABLE target (id Int64, small UInt8) ENGINE = MergeTree ORDER BY id");
        queries.say(LETTERS);
        StreamTableEnvironment sql = StreamTableEnvironment.create(cluster.environment());
        sql.getConfig().set("parallelism.default", "2");
        sql.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'datagen', 'fields.id.kind' ="
                        + " 'sequence', 'rows-per-second' = '100000000', 'fields.id.start' = '1',"
                        + " 'fields.id.end' = '"
                        + rows
                        + "')");
        sql.executeSql(
                "CREATE TABLE target (id BIGINT, small INT) WITH ('connector' = 'velo', 'uri' = '"
                        + uri("", "target")
                        + "', 'username' = 'velo', 'password' = 'velo', 'failure.strategy' ="
                        + " 'send-to-dlq', 'dlq.uri' = '"
                        + uri("velo:velo@", "letters")
                        + "')");
        return TimedJob.run(sql, "INSERT INTO target SELECT id, " + small + " FROM numbers");
    }

    private String uri(String login, String table) {
        return "clickhouse://" + login + "127.0.0.1:" + server.port() + "/default?table=" + table;
    }

    private void require(String query, long... expected) throws Exception {
        String[] found = queries.rows(query).get(0);
        for (int i = 0; i < expected.length; i++) {
            if (Long.parseLong(found[i]) != expected[i]) {
                throw new IllegalStateException(
                        query + " gave " + String.join(", ", found) + " and not " + expected[i]);
            }
        }
    }
}
