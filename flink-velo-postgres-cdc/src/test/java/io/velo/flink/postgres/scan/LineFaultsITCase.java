// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.lookup.Lookups;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that break at any byte, while logging in, describing, reading or looking up. */
@Timeout(400)
class LineFaultsITCase {

    private static final int ROWS = 5000;
    private static final Backoff QUICK =
            new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));
    private static final RowType TEXT_COLUMN =
            (RowType) DataTypes.ROW(DataTypes.FIELD("v", DataTypes.STRING())).getLogicalType();
    private static final RowType KEY_AND_TEXT =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.STRING()))
                            .getLogicalType();

    private TestDatabase database;
    private FaultProxy line;

    @BeforeEach
    void createTable() {
        database = TestDatabase.create();
        database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
        database.execute(
                "INSERT INTO t SELECT i, i || repeat('x', i % 90) FROM generate_series(1, "
                        + ROWS
                        + ") i");
        line = FaultProxy.before(database.server().port());
    }

    @AfterEach
    void dropDatabase() {
        line.close();
        database.close();
    }

    @Test
    void readsEveryRowOnceWhereverTheLineBreaks() {
        Random random = new Random(4711);
        List<String> all = database.query("SELECT v FROM t ORDER BY id");
        TableScan scan =
                new TableScan(
                        database.settingsBehind(line.port()),
                        Relation.of(TableName.of("public", "t")),
                        TEXT_COLUMN,
                        ScanQuery.ALL,
                        ReadOrder.BY_KEY,
                        Splitting.NONE,
                        SpecialValues.FAIL,
                        QUICK);
        for (int i = 0; i < 40; i++) {
            // One in two breaks before the first row, which is after about 3 kB.
            int bytes = random.nextInt(i % 2 == 0 ? 4000 : 300_000);
            line.cutAfter(Way.TO_CLIENT, bytes);
            try (Reading reading = new Reading(scan, ScanSplit.unread("t", KeyRange.ALL))) {
                reading.upTo(Integer.MAX_VALUE);
                assertThat(reading.values()).as("cut after %d bytes", bytes).isEqualTo(all);
            }
        }
        assertThat(line.cuts()).isEqualTo(40);
    }

    @Test
    void answersEveryLookupWhereverTheLineBreaks() throws Exception {
        BatchingLookup<KeyValues> function =
                Lookups.open(database.settingsBehind(line.port()), "t", KEY_AND_TEXT, 5);
        Random random = new Random(4711);
        for (int i = 0; i < 40; i++) {
            line.cutAfter(
                    random.nextBoolean() ? Way.TO_CLIENT : Way.TO_SERVER, random.nextInt(6000));
            List<CompletableFuture<Collection<RowData>>> answers = new ArrayList<>();
            for (long key = 1; key <= 300; key++) {
                answers.add(function.asyncLookup(GenericRowData.of(key)));
            }
            for (int key = 1; key <= 300; key++) {
                assertThat(answers.get(key - 1).get(60, TimeUnit.SECONDS))
                        .as("key %d in round %d", key, i)
                        .singleElement()
                        .extracting(row -> row.getLong(0))
                        .isEqualTo((long) key);
            }
        }
        assertThat(line.cuts()).isGreaterThan(20);
        function.close();
    }
}
