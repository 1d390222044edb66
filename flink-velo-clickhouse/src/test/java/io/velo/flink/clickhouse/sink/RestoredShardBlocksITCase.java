// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.TwoShards;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks for the shards of a Distributed table, in the checkpoint that a job starts from: two
 * servers, and a cluster that changed meanwhile.
 */
class RestoredShardBlocksITCase {

    private static TwoShards shards;
    private static TestTarget first;
    private static TestTarget second;
    private static int tables;

    private String table;

    @BeforeAll
    static void start() {
        shards = TwoShards.start();
        first = shards.first();
        second = shards.second();
    }

    @AfterAll
    static void close() {
        shards.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Guarantee.class,
            names = {"EXACTLY_ONCE_BY_WINDOW", "EXACTLY_ONCE_BY_MARKER"})
    void aBlockThatIsInsertedAgainIsThereOnce(Guarantee guarantee) throws Exception {
        create();
        WritePlan plan = plan(guarantee);
        List<StagedBlock> blocks = blocks(plan);
        EarlierRun.commit(plan, blocks);
        EarlierRun.commit(plan, blocks);
        assertThat(rows()).containsExactly(10L, 10L);
    }

    @Test
    void theRestOfABlockThatIsThereInPartIsInserted() throws Exception {
        create();
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER);
        List<StagedBlock> blocks = blocks(plan);
        second.sql(
                "INSERT INTO "
                        + first.database()
                        + "."
                        + table
                        + "_local SELECT number + 200 AS id, 'v', '"
                        + blocks.get(1).token()
                        + "' FROM numbers(10) WHERE id % 2 = 1");
        EarlierRun.commit(plan, blocks);
        assertThat(rows()).containsExactly(10L, 10L);
        assertThat(first.value("SELECT uniqExact(id) FROM " + table)).isEqualTo("20");
    }

    @Test
    void blocksForAServerThatLeftTheClusterGoNowhere() throws Exception {
        create();
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW);
        List<StagedBlock> blocks = blocks(plan);
        StagedBlock gone = blocks.remove(1);
        blocks.add(ofShard(gone, gone.shard().replaceFirst(":\\d+ ", ":1 ")));
        assertThatThrownBy(() -> EarlierRun.commit(plan, blocks))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining(gone.token() + " of 10 rows for a shard that cluster")
                .hasMessageContaining("'velo_servers' does not have any more");
        assertThat(rows()).containsExactly(0L, 0L);
    }

    @Test
    void blocksForAnotherTableOfTheShardsGoNowhere() throws Exception {
        create();
        List<StagedBlock> blocks = blocks(plan(Guarantee.EXACTLY_ONCE_BY_MARKER));
        String former = table;
        first.sql("RENAME TABLE " + table + " TO " + table + "_former");
        create();
        first.sql("DROP TABLE " + former + "_former");
        first.sql("RENAME TABLE " + table + " TO " + former);
        WritePlan plan =
                EarlierRun.sharded(
                        first.target(Compression.LZ4), former, Guarantee.EXACTLY_ONCE_BY_MARKER);
        assertThatThrownBy(() -> EarlierRun.commit(plan, blocks))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("whose table is another one now");
        assertThat(rows()).containsExactly(0L, 0L);
        table = former;
        assertThat(rows()).containsExactly(0L, 0L);
    }

    @Test
    void blocksOfAnotherWriteModeGoNowhere() throws Exception {
        create();
        WritePlan sharded = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW);
        WritePlan plain =
                EarlierRun.plan(
                        first.target(Compression.LZ4),
                        table + "_local",
                        Guarantee.EXACTLY_ONCE_BY_WINDOW,
                        false,
                        false,
                        "");
        List<StagedBlock> ofShards = blocks(sharded);
        assertThatThrownBy(() -> EarlierRun.commit(plain, ofShards))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("another 'write-mode'");
        List<StagedBlock> ofTable = List.of(EarlierRun.block(plain, 1, 10));
        assertThatThrownBy(() -> EarlierRun.commit(sharded, ofTable))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("another 'write-mode'");
        assertThat(rows()).containsExactly(0L, 0L);
    }

    /** The address of the second shard leads to the server of the first one. */
    @ParameterizedTest
    @EnumSource(
            value = Guarantee.class,
            names = {"EXACTLY_ONCE_BY_WINDOW", "EXACTLY_ONCE_BY_MARKER"})
    void aServerThatIsNotTheShardsIsNeitherAskedNorGivenRows(Guarantee guarantee) throws Exception {
        create();
        WritePlan plan = plan(guarantee);
        List<StagedBlock> blocks = blocks(plan);
        List<ShardPlace> places = places();
        ShardPlace place = places.get(1);
        ShardPlace misled =
                new ShardPlace(
                        place.number(),
                        place.weight(),
                        place.database(),
                        place.table(),
                        Map.of(
                                places.get(0).servers().keySet().iterator().next(),
                                place.servers().values().iterator().next()));
        WritePlan there = plan.at(misled, 2);
        assertThatThrownBy(() -> EarlierRun.commit(there, List.of(blocks.get(1))))
                .hasMessageContaining("leads to another server");
        assertThatThrownBy(() -> EarlierRun.commitFirst(there, List.of(blocks.get(1))))
                .hasMessageContaining("leads to another server");
        CompletableFuture<Long> alone =
                new HttpTransport(there.table().target())
                        .insert(
                                blocks.get(1).statement(),
                                new BlockStaging(there.staging()).load(blocks.get(1)),
                                Map.of());
        assertThatThrownBy(alone::join).hasMessageContaining(ServerFailure.WRONG_SERVER);
        assertThat(rows()).containsExactly(0L, 0L);
    }

    private void create() {
        table = "t" + ++tables;
        for (TestTarget server : List.of(first, second)) {
            server.sql(
                    "CREATE TABLE "
                            + first.database()
                            + "."
                            + table
                            + "_local (id Int64, v String, _velo_txn LowCardinality(String))"
                            + " ENGINE = MergeTree ORDER BY id PARTITION BY id % 2 SETTINGS"
                            + " non_replicated_deduplication_window = 100");
        }
        first.sql(
                "CREATE TABLE "
                        + table
                        + " (id Int64, v String) ENGINE = Distributed(velo_servers, "
                        + first.database()
                        + ", "
                        + table
                        + "_local, id)");
    }

    private WritePlan plan(Guarantee guarantee) {
        return EarlierRun.sharded(first.target(Compression.LZ4), table, guarantee);
    }

    private List<ShardPlace> places() throws IOException {
        return new ShardSearch(first.transport(Compression.NONE))
                .find(first.database(), table)
                .shards();
    }

    /** A block of ten rows for each shard. */
    private List<StagedBlock> blocks(WritePlan plan) throws IOException {
        List<StagedBlock> blocks = new ArrayList<>();
        for (ShardPlace place : places()) {
            blocks.add(EarlierRun.block(plan.at(place, 2), 100L * place.number(), 10));
        }
        return blocks;
    }

    private static StagedBlock ofShard(StagedBlock block, String shard) {
        return new StagedBlock(
                block.token(),
                block.statement(),
                block.rows(),
                block.rawBytes(),
                block.checksum(),
                block.sealedAt(),
                block.run(),
                block.tableBlocks(),
                block.compression(),
                block.payload(),
                block.file(),
                shard,
                block.format());
    }

    /** The rows on each server. */
    private List<Long> rows() {
        String count = "SELECT count() FROM " + first.database() + "." + table + "_local";
        return List.of(Long.parseLong(first.value(count)), Long.parseLong(second.value(count)));
    }
}
