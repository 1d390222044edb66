// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.ServerPin;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Distributed table over two databases of one server that stand for two shards. */
class ShardPlannerITCase {

    private static final RowType ROW =
            RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"n"});

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;
    private String local;

    @BeforeEach
    void createShards() {
        target = TestTarget.create();
        local = "t_" + target.database();
        for (int shard = 1; shard <= 2; shard++) {
            target.sql("CREATE DATABASE IF NOT EXISTS velo_shard_" + shard);
            target.sql(
                    "CREATE TABLE velo_shard_"
                            + shard
                            + "."
                            + local
                            + " (n Int64, p UInt8, v UInt32) ENGINE ="
                            + " ReplacingMergeTree(v)"
                            + " PARTITION BY p ORDER BY n");
            target.sql("SYSTEM STOP MERGES velo_shard_" + shard + "." + local);
            String insert = "INSERT INTO velo_shard_" + shard + "." + local + " (n, p, v)";
            String rows = " FROM numbers(" + shard * 10_000 + ", " + shard * 1_000 + ")";
            target.sql(insert + " SELECT number, number % 3, 1" + rows);
            target.sql(insert + " SELECT number, number % 3, 2" + rows + " WHERE number % 2 = 0");
        }
        distributed("d", "'{cluster}', '', " + local);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void everyRowOfEveryShardIsReadOnce(String useLocal) throws Exception {
        String more = "&split_rows=100&use_local=" + useLocal;
        assertThat(rows("SELECT COUNT(*), SUM(n), SUM(v) FROM d WHERE n >= 10010", more))
                .containsExactly("+I[2990, 52398455, 4485]");
    }

    @Test
    void splitsNameTheShardsDatabasesAndCutEachOfThem() throws Exception {
        List<ClickHouseSplit> splits = planner("d").split().orElseThrow();
        assertThat(splits).hasSizeGreaterThan(4);
        assertThat(splits).extracting(ClickHouseSplit::splitId).doesNotHaveDuplicates();
        assertThat(splits)
                .extracting(split -> split.shard().orElseThrow().database())
                .contains("velo_shard_1", "velo_shard_2");
        assertThat(splits)
                .allSatisfy(
                        split ->
                                assertThat(split.query())
                                        .contains(split.shard().get().database())
                                        .contains("FINAL"));
    }

    @Test
    void theNumberOfTheShardComesThroughTheDistributedTable() throws Exception {
        assertThat(
                        rows(
                                "SELECT shard, COUNT(*) FROM d WHERE v = 1 GROUP BY shard",
                                "&split_rows=100"))
                .containsExactlyInAnyOrder("+I[1, 500]", "+I[2, 1000]");
    }

    @Test
    void columnsThatDifferAreReadThroughTheDistributedTableAndMergedAllTheSame() throws Exception {
        target.sql("ALTER TABLE d ADD COLUMN extra String");
        assertThat(planner("d").split()).isEmpty();
        assertThat(new SplitPlanner(plan("d")).split())
                .singleElement()
                .satisfies(whole -> assertThat(whole.query()).contains("`d` FINAL"));
    }

    @Test
    void oneServerIsNotTakenForTwoShards() throws Exception {
        distributed("same", "'velo_two', 'velo_shard_1', " + local);
        assertThat(planner("same").split()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n = 10000", "p = 7", "n < 0"})
    void aSplitIsRefusedByAServerThatIsNotItsOwn(String filter) throws Exception {
        String server = target.value("SELECT " + ServerPin.IDENTITY);
        ScanPlan plan = plan("d");
        if (!filter.isEmpty()) {
            plan = plan.withFilters(List.of(filter));
        }
        List<ClickHouseSplit> splits = planner(plan, "d").split().orElseThrow();
        assertThat(splits).isNotEmpty();
        for (ClickHouseSplit split : splits) {
            assertThat(split.query()).contains("'" + server + "'");
            HttpTransport transport = new Transports(plan.target()).to(split);
            BlockStream.open(transport, plan, split).close();
            ClickHouseSplit moved = elsewhere(split, server);
            ScanPlan asked = plan;
            assertThatThrownBy(() -> BlockStream.open(transport, asked, moved))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasStackTraceContaining("VELO-IO-005")
                    .hasStackTraceContaining("is not the one that has this part of")
                    .hasStackTraceContaining("use_local=false");
        }
    }

    @Test
    void aShardThatCannotBeReachedIsNamed() {
        distributed("gone", "'velo_gone', 'default', " + local);
        assertThatThrownBy(() -> planner("gone").split())
                .hasMessageContaining("VELO-IO-001")
                .hasMessageContaining("127.0.0.9:")
                .hasMessageContaining("shard 1 of cluster 'velo_gone'")
                .hasMessageContaining("use_local=false");
    }

    @Test
    void aTableThatAShardLacksIsNamed() {
        distributed("lacks", "'velo_two', '', 'nowhere'");
        assertThatThrownBy(() -> planner("lacks").split())
                .hasMessageContaining("VELO-SCH-004")
                .hasMessageContaining("has no table velo_shard_1.nowhere")
                .hasMessageContaining("use_local=false");
    }

    private void distributed(String name, String arguments) {
        target.sql(
                "CREATE TABLE "
                        + name
                        + " (n Int64, p UInt8, v UInt32) ENGINE = Distributed("
                        + arguments
                        + ")");
    }

    /** The split as it was planned on another server. */
    private static ClickHouseSplit elsewhere(ClickHouseSplit split, String server) {
        List<String> conditions =
                split.base().conditions().stream()
                        .map(condition -> condition.replace(server, new UUID(0, 1).toString()))
                        .toList();
        SplitQuery base = new SplitQuery(split.base().select(), conditions, split.base().groupBy());
        return new ClickHouseSplit(
                split.id(),
                base,
                split.keys(),
                split.limit(),
                split.asked(),
                0,
                split.point(),
                split.shard());
    }

    private ShardPlanner planner(String table) {
        return planner(plan(table), table);
    }

    private ScanPlan plan(String table) {
        return ScanPlan.of(
                target.target(Compression.LZ4),
                new ScanObject(target.database(), table, ""),
                ROW,
                new ScanPlan.Reading("", false, new SplitSize(100, 1 << 30), false, true));
    }

    private ShardPlanner planner(ScanPlan plan, String table) {
        HttpTransport transport = target.transport(Compression.NONE);
        return new ShardPlanner(
                plan, transport, new TableMetaReader(transport).read(target.database(), table));
    }

    private List<String> rows(String query, String more) throws Exception {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "2");
        env.executeSql(
                "CREATE TABLE d (n BIGINT, p SMALLINT, v BIGINT, shard BIGINT METADATA FROM"
                        + " '_shard_num' VIRTUAL) WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri("d", more)
                        + "', 'username' = 'velo', 'password' = 'velo')");
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = env.executeSql(query).collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
