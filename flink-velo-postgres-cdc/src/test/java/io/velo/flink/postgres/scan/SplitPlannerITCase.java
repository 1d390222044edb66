// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.scan.Splitting.Consistency;
import io.velo.flink.postgres.scan.Splitting.Strategy;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables cut into parts: together the parts are the table. */
@Timeout(300)
class SplitPlannerITCase {

    private static final RowType TEXT_COLUMN =
            (RowType) DataTypes.ROW(DataTypes.FIELD("v", DataTypes.STRING())).getLogicalType();

    /** So that a small table has many parts. */
    private static final long CHUNK = 100_000;

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.create();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private TableScan scan(Strategy strategy, ReadOrder order, Consistency consistency) {
        return new TableScan(
                database.settings(),
                Relation.of(TableName.of("public", "t")),
                TEXT_COLUMN,
                ScanQuery.ALL,
                order,
                new Splitting(strategy, CHUNK, consistency),
                SpecialValues.FAIL,
                Backoff.DEFAULT);
    }

    private static List<ScanSplit> plan(TableScan scan) throws Exception {
        try (SplitPlanner planner = new SplitPlanner(scan, 2)) {
            return planner.plan();
        }
    }

    private static List<String> read(TableScan scan, ScanSplit split) {
        try (Reading reading = new Reading(scan, split)) {
            return reading.upTo(Integer.MAX_VALUE).values();
        }
    }

    @Test
    void cutsByKeyWhateverTheKeyIsMadeOf() throws Exception {
        for (String key :
                List.of(
                        "int8: i * 7919",
                        "text: md5(i::text)",
                        "uuid: md5(i::text)::uuid",
                        "numeric: i / 7.0",
                        "timestamptz: timestamptz 'epoch' + i * interval '1 h'",
                        "date: date '2000-01-01' + i")) {
            String type = key.substring(0, key.indexOf(':'));
            database.execute("DROP TABLE IF EXISTS t");
            database.execute("CREATE TABLE t (v text, k " + type + ", n int, PRIMARY KEY (k, n))");
            database.execute(
                    "INSERT INTO t SELECT i, "
                            + key.substring(key.indexOf(':') + 1)
                            + ", i FROM generate_series(1, 20000) i");
            for (boolean analyzed : new boolean[] {false, true}) {
                if (analyzed) {
                    database.execute("ANALYZE t");
                }
                TableScan scan = scan(Strategy.AUTO, ReadOrder.BY_KEY, Consistency.CHUNK);
                List<ScanSplit> splits = plan(scan);
                List<String> values = new ArrayList<>();
                splits.forEach(split -> values.addAll(read(scan, split)));

                assertThat(splits).as("%s, analyzed: %s", key, analyzed).hasSizeGreaterThan(5);
                assertThat(values).hasSize(20_000).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void cutsByBlocksAndShowsOneMoment() throws Exception {
        database.execute("CREATE TABLE t (v text, pad text) WITH (fillfactor = 50)");
        database.execute("INSERT INTO t SELECT i, 'x' FROM generate_series(1, 20000) i");
        TableScan scan = scan(Strategy.AUTO, ReadOrder.ANY, Consistency.CHUNK);
        try (SplitPlanner planner = new SplitPlanner(scan, 2)) {
            List<ScanSplit> splits = planner.plan();
            List<String> values = new ArrayList<>(read(scan, splits.get(0)));
            // Rows move to other blocks, vanish and appear: nobody may notice.
            database.execute("UPDATE t SET pad = repeat('y', 100)");
            database.execute("DELETE FROM t WHERE v::int % 3 = 0");
            database.execute("INSERT INTO t SELECT 'new' || i, '' FROM generate_series(1, 99) i");
            splits.subList(1, splits.size()).forEach(split -> values.addAll(read(scan, split)));

            assertThat(splits).hasSizeGreaterThan(5);
            assertThat(values).hasSize(20_000).doesNotHaveDuplicates();
            assertThat(values).noneMatch(value -> value.startsWith("new"));
        }
    }

    @Test
    void showsOneMomentByKeyWhereThatIsAsked() throws Exception {
        database.execute("CREATE TABLE t (v text, k int PRIMARY KEY)");
        database.execute("INSERT INTO t SELECT i, i FROM generate_series(1, 20000) i");
        TableScan scan = scan(Strategy.KEY, ReadOrder.BY_KEY, Consistency.SNAPSHOT);
        try (SplitPlanner planner = new SplitPlanner(scan, 2)) {
            List<ScanSplit> splits = planner.plan();
            database.execute("UPDATE t SET k = -k");
            List<String> values = new ArrayList<>();
            splits.forEach(split -> values.addAll(read(scan, split)));

            assertThat(splits).hasSizeGreaterThan(5);
            assertThat(values).hasSize(20_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void saysThatTheMomentIsGone() throws Exception {
        database.execute("CREATE TABLE t (v text)");
        database.execute("INSERT INTO t SELECT i FROM generate_series(1, 20000) i");
        TableScan scan = scan(Strategy.CTID, ReadOrder.ANY, Consistency.CHUNK);
        ScanSplit split = plan(scan).get(0);

        assertThatThrownBy(() -> read(scan, split))
                .hasMessageContaining("suppresses job restarts")
                .rootCause()
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("one moment");
    }

    @Test
    void cutsPartitionedTablesAndLeavesOthersWhole() throws Exception {
        database.execute("CREATE TABLE t (v text, p int) PARTITION BY LIST (p)");
        database.execute("CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)");
        database.execute("CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2)");
        database.execute("INSERT INTO t SELECT i, 1 + i % 2 FROM generate_series(1, 20000) i");
        TableScan scan = scan(Strategy.AUTO, ReadOrder.ANY, Consistency.CHUNK);
        try (SplitPlanner planner = new SplitPlanner(scan, 2)) {
            List<ScanSplit> splits = planner.plan();
            List<String> values = new ArrayList<>();
            splits.forEach(split -> values.addAll(read(scan, split)));
            assertThat(splits).hasSizeGreaterThan(3);
            assertThat(values).hasSize(20_000).doesNotHaveDuplicates();
        }
        database.execute("ALTER TABLE t RENAME TO u");
        database.execute("CREATE VIEW t AS SELECT * FROM u");
        assertThat(plan(scan)).hasSize(1);
    }

    @Test
    void readsARangeOfBlocksWithoutTouchingOthers() throws Exception {
        database.execute("CREATE TABLE t (v text)");
        database.execute("INSERT INTO t SELECT i FROM generate_series(1, 20000) i");
        database.execute("ANALYZE t");
        ScanSplit split = plan(scan(Strategy.AUTO, ReadOrder.ANY, Consistency.CHUNK)).get(1);
        assertThat(
                        database.query(
                                        "EXPLAIN SELECT v FROM t WHERE "
                                                + split.blocks().orElseThrow().condition("t"))
                                .get(0))
                .startsWith("Tid Range Scan");
    }
}
