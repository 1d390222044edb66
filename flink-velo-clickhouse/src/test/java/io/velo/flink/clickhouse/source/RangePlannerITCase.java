// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges of an incremental scan, cut, interrupted and read on. */
class RangePlannerITCase {

    private static final long SEED = 20260731;
    private static final RowType ROW =
            RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"n"});

    private TestTarget target;

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DateTime('Asia/Kathmandu')|toDateTime(1770000000 + intDiv(n, 300))|n",
                "DateTime64(6, 'UTC')|toDateTime64(1770000000 + intDiv(n, 3) / 7, 6, 'UTC')|(c, n)",
                "DateTime64(0)|toDateTime64(intDiv(n, 1500), 0)|tuple()",
                "UInt64|18446744073709550000 + intDiv(n, 40)|cityHash64(n)",
                "Int256|intDiv(n, 7) - 500|(toDate(n % 3), n)"
            })
    void everyRowIsReadOnceWhateverIsCutOrInterrupted(String type, String value, String sortingKey)
            throws Exception {
        target.sql(
                "CREATE TABLE t (n Int64, c "
                        + type
                        + ") ENGINE = MergeTree PARTITION BY n % 3 ORDER BY "
                        + sortingKey);
        String insert = "INSERT INTO t SELECT number AS n, " + value + " FROM numbers(";
        target.sql(insert + "0, 4000)");
        Random random = new Random(SEED);
        RangePlanner planner = planner("c", false, 700);
        List<Long> read = new ArrayList<>();
        RangeState state = RangeState.start();
        boolean grown = false;
        while (true) {
            state = roundTrip(state);
            Optional<NewRows> rows = planner.behind(state.cursor(), state.last(), state.number());
            if (rows.isEmpty() && grown) {
                break;
            }
            if (rows.isEmpty()) {
                grown = true;
                target.sql(insert + "4500, 1000)");
                planner = planner("c", false, 700);
                continue;
            }
            readAll(rows.get().split(), random, read);
            state =
                    new RangeState(
                            rows.get().cursor(), rows.get().last(), state.number() + 1, List.of());
        }
        assertThat(state.number()).isGreaterThan(2);
        assertThat(read).as("seed %d", SEED).hasSize(5000).doesNotHaveDuplicates();
    }

    @Test
    void rowsThatMayStillGetCompanyAreLeftForLater() throws Exception {
        target.sql("CREATE TABLE t (n Int64, c DateTime) ENGINE = MergeTree ORDER BY n");
        target.sql("INSERT INTO t SELECT 1, now() - 3600");
        target.sql("INSERT INTO t SELECT 2, now() + 3600");
        RangePlanner planner = planner("c", false, 100);
        NewRows first = planner.behind("", "", 0).orElseThrow();
        List<Long> read = new ArrayList<>();
        readAll(first.split(), new Random(SEED), read);
        assertThat(read).containsExactly(1L);
        // Late, but behind the last row that was read.
        target.sql("INSERT INTO t SELECT 3, now() - 1800");
        NewRows second = planner.behind(first.cursor(), first.last(), 1).orElseThrow();
        readAll(second.split(), new Random(SEED), read);
        assertThat(read).containsExactly(1L, 3L);
        assertThat(planner.behind(second.cursor(), second.last(), 2)).isEmpty();
    }

    @Test
    void aTimeIsCutToTheDigitsOfTheColumnAndNotRounded() {
        assertThat(
                        target.sql(
                                "SELECT toString(toDateTime64(toDateTime64('2026-01-01"
                                        + " 00:00:09.999999', 6, 'UTC'), 2)) LIKE '%09.99',"
                                        + " toString(toDateTime(toDateTime64('2026-01-01"
                                        + " 00:00:09.999', 9, 'UTC'))) LIKE '%09'"))
                .containsExactly(List.of("1", "1"));
    }

    @Test
    void ofAKeyThatIsReplacedTheNewestRowIsRead() throws Exception {
        target.sql("CREATE TABLE t (n Int64, c UInt32) ENGINE = ReplacingMergeTree(c) ORDER BY n");
        target.sql("SYSTEM STOP MERGES t");
        target.sql("INSERT INTO t VALUES (1, 1), (2, 2)");
        target.sql("INSERT INTO t VALUES (1, 3)");
        RangePlanner planner = planner("c", false, 100);
        NewRows first = planner.behind("", "", 0).orElseThrow();
        List<Long> read = new ArrayList<>();
        readAll(first.split(), new Random(SEED), read);
        assertThat(read).containsExactly(2L, 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MergeTree|at|has no readable column 'at'. Did you mean 'att'?",
                "MergeTree|maybe|is Nullable",
                "MergeTree|s|of type String does not say which rows are new",
                "MergeTree|d|of type Date does not say which rows are new",
                "SummingMergeTree|att|merges rows that were read before",
                "CollapsingMergeTree(sign)|att|a CollapsingMergeTree merges rows"
            })
    void aTableThatCannotBeFollowedIsRefused(String engine, String column, String sentence) {
        create(engine);
        assertThatThrownBy(() -> planner(column, false, 100).behind("", "", 0))
                .hasMessageContaining(sentence);
    }

    @Test
    void aLagIsRefusedWhereTheCursorTellsNoTime() {
        create("MergeTree");
        assertThatThrownBy(() -> planner("n", true, 100).behind("", "", 0))
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("Option 'lag' is a time");
    }

    @Test
    void aStateOfAnotherColumnIsRefused() throws Exception {
        target.sql("CREATE TABLE t (n UInt32, c DateTime) ENGINE = MergeTree ORDER BY n");
        target.sql("INSERT INTO t SELECT 1, now() - 3600");
        NewRows rows = planner("c", false, 100).behind("", "", 0).orElseThrow();
        assertThatThrownBy(() -> planner("n", false, 100).behind(rows.cursor(), rows.last(), 1))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("column `c` of type DateTime")
                .hasMessageContaining("column `n` of type UInt32");
    }

    private void create(String engine) {
        target.sql(
                "CREATE TABLE t (n Int64, att DateTime, maybe Nullable(DateTime), s String, d Date,"
                        + " sign Int8) ENGINE = "
                        + engine
                        + " ORDER BY n");
    }

    private RangePlanner planner(String column, boolean lagGiven, long rows) {
        return new RangePlanner(plan(rows), new Following(column, 5_000, lagGiven, 1_000));
    }

    private ScanPlan plan(long rows) {
        return ScanPlan.of(
                target.target(Compression.LZ4),
                new ScanObject(target.database(), "t", ""),
                ROW,
                new ScanPlan.Reading("", true, new SplitSize(rows, 1 << 30), false, true));
    }

    private static RangeState roundTrip(RangeState state) throws Exception {
        RangeStateSerializer serializer = new RangeStateSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }

    /** Reads a range in pieces of random length, each from the state that a checkpoint holds. */
    private void readAll(ClickHouseSplit range, Random random, List<Long> into) throws Exception {
        ClickHouseSplit split = range;
        boolean ended = false;
        while (!ended) {
            SplitProgress progress = new SplitProgress(split);
            ended = read(split, progress, 1 + random.nextInt(900), into);
            split = progress.toSplit();
            assertThat(split.lost()).isFalse();
        }
    }

    private boolean read(ClickHouseSplit split, SplitProgress progress, int most, List<Long> into)
            throws Exception {
        int left = most;
        try (BlockStream stream =
                BlockStream.open(target.transport(Compression.LZ4), plan(1), split)) {
            Block block;
            while ((block = stream.next()) != null) {
                BlockRecords records = BlockRecords.of(split.splitId(), block);
                BlockRecords.Cursor cursor;
                while ((cursor = records.nextRecordFromSplit()) != null) {
                    if (left-- == 0) {
                        return false;
                    }
                    into.add(block.row(cursor.row()).getLong(0));
                    progress.emitted(block, cursor.row());
                }
            }
            return true;
        }
    }
}
