// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.fault.Await;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half-read splits: what is read before and after an interruption is the table, each row once. */
@Timeout(400)
class ResumeITCase {

    private static final RowType TEXT_COLUMN =
            (RowType) DataTypes.ROW(DataTypes.FIELD("v", DataTypes.STRING())).getLogicalType();

    private static TableScan scan(TestDatabase database, String table, ReadOrder order) {
        return new TableScan(
                database.settings(),
                Relation.of(TableName.of("public", table)),
                TEXT_COLUMN,
                ScanQuery.ALL,
                order,
                Splitting.NONE,
                SpecialValues.FAIL,
                new Backoff(1_000, Duration.ofMillis(50), Duration.ofMillis(200)));
    }

    private static List<String> all(TestDatabase database, String table) {
        return database.query("SELECT v FROM " + table);
    }

    @Test
    void goesOnBehindAnyRowWhateverTheKeyIsMadeOf() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("CREATE TYPE mood AS ENUM ('z', 'a', 'ü''\\')");
            for (String key :
                    List.of(
                            "id int8",
                            "id text",
                            "id text COLLATE \"C\"",
                            "id uuid",
                            "id numeric",
                            "id float8",
                            "id timestamptz",
                            "id date",
                            "id interval",
                            "id bytea",
                            "id char(9)")) {
                String type = key.substring(3).replace(" COLLATE \"C\"", "");
                database.execute("DROP TABLE IF EXISTS t");
                database.execute(
                        "CREATE TABLE t (v text, m mood, " + key + ", PRIMARY KEY (m, id))");
                database.execute(
                        "INSERT INTO t SELECT i::text, (enum_range(NULL::mood))[1 + i % 3], "
                                + value(type)
                                + " FROM generate_series(1, 3000) i");
                readInPieces(database, key);
            }
        }
    }

    private static String value(String type) {
        return switch (type) {
            case "int8" -> "i * 7919 % 3001 - 1500";
            case "text" -> "(ARRAY['a','B','_x','-y','Ä','😀','''','\\','\"'])[1 + i % 9] || i";
            case "uuid" -> "md5(i::text)::uuid";
            case "numeric" -> "CASE i WHEN 1 THEN 'NaN' ELSE i / 7.0 END::numeric";
            case "float8" ->
                    "CASE i WHEN 1 THEN 'NaN' WHEN 2 THEN '-Infinity' ELSE"
                            + " (sin(i) * 1e300)::text END::float8";
            case "timestamptz" ->
                    "CASE i WHEN 1 THEN 'infinity' ELSE"
                            + " (timestamptz '0100-01-01 BC' + i * interval '1 year 1 us')::text"
                            + " END::timestamptz";
            case "date" -> "date '0010-01-01 BC' + i * 97";
            case "interval" -> "i * interval '3 days 1.000001 s'";
            case "bytea" -> "decode(md5(i::text), 'hex')";
            case "char(9)" -> "(i || '''\\')::char(9)";
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static void readInPieces(TestDatabase database, String key) throws Exception {
        TableScan scan = scan(database, "t", ReadOrder.BY_KEY);
        Random random = new Random(key.hashCode());
        List<String> values = new ArrayList<>();
        ScanSplit split = ScanSplit.unread("t", KeyRange.ALL);
        boolean ended = false;
        while (!ended) {
            try (Reading reading = new Reading(scan, split)) {
                reading.upTo(1 + random.nextInt(1200));
                values.addAll(reading.values());
                split = reading.checkpoint();
                ended = reading.ended();
            }
        }
        assertThat(split.emitted()).isEqualTo(3000);
        assertThat(values).as(key).containsExactlyInAnyOrderElementsOf(all(database, "t"));
    }

    @Test
    void failsForGoodWhenNothingSaysWhichRowsWereRead() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("CREATE TABLE t (v text)");
            database.execute("INSERT INTO t SELECT i FROM generate_series(1, 10000) i");
            TableScan scan = scan(database, "t", ReadOrder.BY_KEY);
            ScanSplit half;
            try (Reading reading = new Reading(scan, ScanSplit.unread("t", KeyRange.ALL))) {
                half = reading.upTo(5000).checkpoint();
            }
            assertThat(half.emitted()).isEqualTo(5000);

            try (Reading reading = new Reading(scan, half)) {
                assertThatThrownBy(() -> reading.upTo(1))
                        .hasMessageContaining("suppresses job restarts")
                        .rootCause()
                        .hasMessageContaining("VELO-IO-007")
                        .hasMessageContaining("no primary key")
                        .hasMessageContaining("execution.runtime-mode=batch");
            }
        }
    }

    @Test
    void failsForGoodWhenThePrimaryKeyHasBecomeAnother() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("CREATE TABLE t (v text, a int PRIMARY KEY, b int)");
            database.execute("INSERT INTO t SELECT i, i, -i FROM generate_series(1, 100) i");
            TableScan scan = scan(database, "t", ReadOrder.BY_KEY);
            ScanSplit half;
            try (Reading reading = new Reading(scan, ScanSplit.unread("t", KeyRange.ALL))) {
                half = reading.upTo(50).checkpoint();
            }
            database.execute("ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (b)");

            try (Reading reading = new Reading(scan, half)) {
                assertThatThrownBy(() -> reading.upTo(1))
                        .rootCause()
                        .hasMessageContaining("its primary key was [a] and is [b] now");
            }
        }
    }

    @Test
    void goesOnByItselfWhenTheServerIsKilledAndComesBack() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
            database.execute(
                    "INSERT INTO t SELECT i, i::text || repeat('x', 200)"
                            + " FROM generate_series(1, 200000) i");
            TableScan scan = scan(database, "t", ReadOrder.BY_KEY);
            try (Reading reading = new Reading(scan, ScanSplit.unread("t", KeyRange.ALL))) {
                reading.upTo(20_000);
                server.kill();
                CompletableFuture<Void> restart = CompletableFuture.runAsync(server::start);
                reading.upTo(Integer.MAX_VALUE);
                restart.get();

                assertThat(reading.values()).hasSize(200_000).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void failsWhenTheServerIsKilledAndTheTableHasNoKey() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            database.execute("CREATE TABLE t (v text)");
            database.execute(
                    "INSERT INTO t SELECT repeat('x', 1000) FROM generate_series(1, 200000) i");
            for (ReadOrder order : ReadOrder.values()) {
                TableScan scan = scan(database, "t", order);
                try (Reading reading = new Reading(scan, ScanSplit.unread("t", KeyRange.ALL))) {
                    reading.upTo(20_000);
                    server.kill();
                    assertThatThrownBy(() -> reading.upTo(Integer.MAX_VALUE))
                            .hasMessageContaining("VELO-IO-001")
                            .hasMessageContaining("connection to PostgreSQL broke");
                }
                server.start();
            }
        }
    }

    @Test
    void endsAReadThatWaitsForTheServer() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(
                    "CREATE FUNCTION slow() RETURNS text LANGUAGE sql AS"
                            + " 'SELECT pg_sleep(600)::text'");
            database.execute("CREATE VIEW t AS SELECT slow() AS v");
            ScanSplitReader reader = new ScanSplitReader(scan(database, "t", ReadOrder.ANY));
            reader.handleSplitsChanges(
                    new SplitsAddition<>(List.of(ScanSplit.unread("t", KeyRange.ALL))));
            CompletableFuture<Object> fetch = CompletableFuture.supplyAsync(reader::fetch);
            awaitActive(database);

            reader.abort();

            assertThat(fetch.get(60, TimeUnit.SECONDS)).isNotNull();
            reader.close();
        }
    }

    private static void awaitActive(TestDatabase database) {
        String query =
                "SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'";
        Await.until(() -> !database.query(query).isEmpty());
    }
}
