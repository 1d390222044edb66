// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parallel scans while the server merges and others insert: every row that was there comes once.
 */
class MergeStormITCase {

    private static final int ROWS = 300_000;
    private static final RowType ROW =
            RowType.of(new LogicalType[] {new BigIntType()}, new String[] {"id"});

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PARTITION BY id % 3 ORDER BY id",
                "ORDER BY (k, id)",
                "PARTITION BY k ORDER BY k"
            })
    void everyRowThatWasThereIsReadOnce(String layout) throws Exception {
        TestTarget target = TestTarget.create();
        target.sql(
                "CREATE TABLE t (id Int64, k String) ENGINE = MergeTree "
                        + layout
                        + " SETTINGS index_granularity = 1024");
        for (int part = 0; part < 10; part++) {
            target.sql(
                    "INSERT INTO t SELECT number * 10 + "
                            + part
                            + ", concat('k', toString(number % 7)) FROM numbers("
                            + ROWS / 10
                            + ")");
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger inserted = new AtomicInteger();
        ExecutorService storm = Executors.newFixedThreadPool(2);
        try {
            Future<?> merges =
                    storm.submit(() -> repeat(stop, () -> target.sql("OPTIMIZE TABLE t FINAL")));
            Future<?> inserts =
                    storm.submit(
                            () ->
                                    repeat(
                                            stop,
                                            () ->
                                                    target.sql(
                                                            "INSERT INTO t SELECT "
                                                                    + (ROWS
                                                                            + inserted
                                                                                            .getAndIncrement()
                                                                                    * 100)
                                                                    + " + number, concat('n', toString(number % 9)) FROM numbers(100)")));
            for (int scan = 0; scan < 3; scan++) {
                scanAll(target);
            }
            stop.set(true);
            merges.get();
            inserts.get();
        } finally {
            stop.set(true);
            storm.shutdownNow();
        }
        assertThat(inserted.get()).isPositive();
    }

    /** As a replica's list does that is behind. */
    @Test
    void aPartitionThatTheListOfPartsLacksIsReadAllTheSame() throws Exception {
        TestTarget target = TestTarget.create();
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 4");
        target.sql("INSERT INTO t SELECT number * 2 FROM numbers(1000)");
        ScanPlan plan = plan(target, 400);
        List<ClickHouseSplit> splits = new SplitPlanner(plan).split();
        target.sql("INSERT INTO t SELECT number * 2 + 1 FROM numbers(1000)");
        List<Long> read = new ArrayList<>();
        for (ClickHouseSplit split : splits) {
            read(target, plan, split, read::add);
        }
        assertThat(read).hasSize(2_000).doesNotHaveDuplicates();
    }

    private static Void repeat(AtomicBoolean stop, Callable<?> work) throws Exception {
        while (!stop.get()) {
            work.call();
        }
        return null;
    }

    private static ScanPlan plan(TestTarget target, long rowsPerSplit) {
        return ScanPlan.of(
                target.target(Compression.LZ4),
                new ScanObject(target.database(), "t", ""),
                ROW,
                new ScanPlan.Reading("", false, new SplitSize(rowsPerSplit, 1 << 30), false, true));
    }

    private static void scanAll(TestTarget target) throws Exception {
        ScanPlan plan = plan(target, 20_000);
        List<ClickHouseSplit> splits = new SplitPlanner(plan).split();
        assertThat(splits).hasSizeGreaterThan(8);
        BitSet seen = new BitSet(ROWS);
        Set<Long> later = new HashSet<>();
        for (ClickHouseSplit split : splits) {
            read(
                    target,
                    plan,
                    split,
                    id -> {
                        if (id < ROWS) {
                            assertThat(seen.get((int) id)).as("row %d twice", id).isFalse();
                            seen.set((int) id);
                        } else {
                            assertThat(later.add(id)).as("new row %d twice", id).isTrue();
                        }
                    });
        }
        assertThat(seen.cardinality()).isEqualTo(ROWS);
    }

    private static void read(
            TestTarget target, ScanPlan plan, ClickHouseSplit split, LongConsumer ids)
            throws Exception {
        try (BlockStream stream =
                BlockStream.open(target.transport(Compression.LZ4), plan, split)) {
            Block block;
            while ((block = stream.next()) != null) {
                for (int row = 0; row < block.rows(); row++) {
                    ids.accept(block.row(row).getLong(0));
                }
            }
        }
    }
}
