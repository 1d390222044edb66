// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.common.source.SplitSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans that are interrupted at any row and go on from the state that a checkpoint would hold. */
class ScanResumeITCase {

    private static final long SEED = 20260101;
    private static final RowType ROW =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(),
                        VarCharType.STRING_TYPE,
                        new ArrayType(new BigIntType()),
                        new MapType(VarCharType.STRING_TYPE, new BigIntType()),
                        RowType.of(
                                new LogicalType[] {
                                    new BigIntType(), new ArrayType(VarCharType.STRING_TYPE)
                                },
                                new String[] {"a", "b"})
                    },
                    new String[] {"n", "s", "numbers", "counts", "pair"});

    private TestTarget target;

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n",
                "(k, d)",
                "(s, n)",
                "(at, n)",
                "(moment, u)",
                "(dec, e, n)",
                "(f, ip)",
                "low"
            })
    void everyRowIsReadOnceWhereverTheScanStops(String sortingKey) throws Exception {
        create("MergeTree ORDER BY " + sortingKey);
        List<String> expected = server("t");
        Random random = new Random(SEED);
        ClickHouseSplit split = split(ROW);
        assertThat(split.keys()).isNotEmpty();
        List<String> read = new ArrayList<>();
        boolean ended = false;
        for (int stops = 0; !ended; stops++) {
            assertThat(stops).as("stops, seed %d", SEED).isLessThan(200);
            int most = 1 + random.nextInt(4_000);
            SplitProgress progress = new SplitProgress(roundTrip(split));
            ended = read(split, progress, most, read);
            split = progress.toSplit();
            assertThat(split.lost()).isFalse();
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void rowsThatComeBetweenHideNoneThatWereThere() throws Exception {
        create("MergeTree ORDER BY low");
        List<String> before = server("t");
        List<String> read = new ArrayList<>();
        ClickHouseSplit split = split(ROW);
        SplitProgress first = new SplitProgress(split);
        read(split, first, 7_000, read);
        target.sql("INSERT INTO t SELECT * REPLACE (n + 1000000 AS n) FROM t WHERE low < 'l5'");
        ClickHouseSplit rest = roundTrip(first.toSplit());
        assertThat(read(rest, new SplitProgress(rest), Integer.MAX_VALUE, read)).isTrue();
        read.removeIf(row -> Long.parseLong(row.split(" ")[0]) >= 1_000_000);
        assertThat(read).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void finalRowsAreReadOnce() throws Exception {
        create("ReplacingMergeTree(n) ORDER BY low");
        target.sql("INSERT INTO t SELECT * REPLACE (n + 500000 AS n) FROM t");
        ClickHouseSplit split = split(ROW);
        assertThat(split.query()).contains(" FINAL ORDER BY `low`");
        List<String> read = new ArrayList<>();
        SplitProgress progress = new SplitProgress(split);
        read(split, progress, 4, read);
        ClickHouseSplit rest = progress.toSplit();
        assertThat(read(rest, new SplitProgress(rest), Integer.MAX_VALUE, read)).isTrue();
        assertThat(read).containsExactlyInAnyOrderElementsOf(server("t FINAL"));
    }

    @Test
    void withoutAUsableKeyTheScanCannotGoOn() throws Exception {
        create("MergeTree ORDER BY cityHash64(n)");
        ClickHouseSplit split = split(ROW);
        assertThat(split.keys()).isEmpty();
        SplitProgress progress = new SplitProgress(split);
        assertThat(progress.toSplit().lost()).isFalse();
        read(split, progress, 10, new ArrayList<>());
        assertThat(progress.toSplit().lost()).isTrue();
    }

    private void create(String engine) {
        target.sql(
                "CREATE TABLE t (n Int64, s String, k Int8, d Date, at DateTime('Asia/Kathmandu'),"
                        + " moment DateTime64(6, 'Europe/Berlin'), u UUID, dec Decimal(9, 2), e"
                        + " Enum8('a' = 2, 'b' = -1), f FixedString(3), ip IPv4, low"
                        + " LowCardinality(String), numbers Array(Nullable(Int64)), counts Map(String,"
                        + " Int64), pair Tuple(a Int64, b Array(String))) ENGINE = "
                        + engine);
        target.sql(
                "INSERT INTO t SELECT number, concat('row', char(39, 92, 200 + number % 50)), number"
                        + " % 5 - 2, toDate(number % 3), toDateTime(1770000000 + number % 7),"
                        + " toDateTime64((number % 11) / 7, 6), toUUID(reinterpretAsUUID(number %"
                        + " 9)), (number % 13) - 6.5, if(number % 2 = 0, 'a', 'b'), char(number % 4,"
                        + " 0, 65), toIPv4(toUInt32(number % 6)), concat('l', toString(number % 8)),"
                        + " [number % 3, NULL], map('k', number % 2), (number % 4, ['x',"
                        + " toString(number)]) FROM numbers(20000)");
        // Equal rows: how often each one comes has to be kept too.
        target.sql("INSERT INTO t SELECT * FROM t WHERE n % 100 = 0");
    }

    private ClickHouseSplit split(RowType rowType) {
        ScanPlan plan = plan(rowType);
        TableMeta meta =
                new TableMetaReader(target.transport(Compression.NONE))
                        .read(target.database(), "t");
        return new SplitPlanner(plan).whole(meta);
    }

    private ScanPlan plan(RowType rowType) {
        return ScanPlan.of(
                target.target(Compression.LZ4),
                new ScanObject(target.database(), "t", ""),
                rowType,
                new ScanPlan.Reading("", true, new SplitSize(1_000_000, 1 << 30), false, true));
    }

    /** Reads up to that many rows into the list; whether the split ended. */
    private boolean read(ClickHouseSplit split, SplitProgress progress, int most, List<String> into)
            throws Exception {
        int left = most;
        HttpTransport transport = target.transport(Compression.LZ4);
        try (BlockStream stream = BlockStream.open(transport, plan(ROW), split)) {
            Block block;
            while ((block = stream.next()) != null) {
                BlockRecords records = BlockRecords.of(split.splitId(), block);
                BlockRecords.Cursor cursor;
                while ((cursor = records.nextRecordFromSplit()) != null) {
                    if (left-- == 0) {
                        return false;
                    }
                    var row = block.row(cursor.row());
                    into.add(row.getLong(0) + " " + row.getString(1).toBytes().length);
                    progress.emitted(block, cursor.row());
                }
            }
            return true;
        }
    }

    private static ClickHouseSplit roundTrip(ClickHouseSplit split) throws Exception {
        SplitSerializer<ClickHouseSplit> serializer = new SplitSerializer<>(new SplitLayout());
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    private List<String> server(String table) {
        return target.sql("SELECT n, length(s) FROM " + table).stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .toList();
    }
}
