// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.testkit.fault.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks that are committed again, in part, or too late. */
class BlockCommitterITCase {

    private static final String PARTITIONED = "ENGINE = MergeTree ORDER BY id PARTITION BY id % 3";
    private static final String WINDOW = " SETTINGS non_replicated_deduplication_window = 100";
    private static final String MARKED = ", _velo_txn LowCardinality(String)";

    private final TestTarget target = TestTarget.create();
    private final HttpTransport transport = target.transport(Compression.LZ4);

    @Test
    void aBlockOfAnEarlierRunIsThereOnceByItsMarker() throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, "");
        StagedBlock block = staged(plan, 1, 900);
        commit(plan, block);
        commit(plan, block);
        assertThat(counts()).containsExactly("900", "900");
        assertThat(target.value("SELECT uniqExact(_velo_txn) FROM t")).isEqualTo("1");
    }

    @Test
    void theRestOfABlockThatIsThereInPartIsInserted() throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, "");
        StagedBlock block = staged(plan, 1, 900);
        target.sql(
                "INSERT INTO t SELECT number + 1 AS id, 'v', '"
                        + block.token()
                        + "' FROM numbers(900) WHERE id % 3 = 1");
        commit(plan, block);
        assertThat(counts()).containsExactly("900", "900");
    }

    @Test
    void anInsertOfAnEarlierRunThatIsStillUnderWayIsWaitedFor() throws Exception {
        create(MARKED, "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, "");
        StagedBlock block = staged(plan, 1, 20);
        ExecutorService earlier = Executors.newSingleThreadExecutor();
        try {
            Future<?> running =
                    earlier.submit(
                            () ->
                                    transport.rows(
                                            "INSERT INTO t SELECT number + 1 + sleepEachRow(0.1),"
                                                    + " 'v', '"
                                                    + block.token()
                                                    + "' FROM numbers(20)",
                                            Map.of("query_id", block.token() + "/1")));
            String started = "SELECT count() FROM system.processes WHERE query_id = '%s/1'";
            Await.untilHolds(
                    () ->
                            assertThat(target.value(String.format(started, block.token())))
                                    .isEqualTo("1"));
            commit(plan, block);
            running.get();
        } finally {
            earlier.shutdownNow();
        }
        assertThat(counts()).containsExactly("20", "20");
    }

    @ParameterizedTest
    @EnumSource(
            value = Guarantee.class,
            names = {"EXACTLY_ONCE_BY_WINDOW", "EXACTLY_ONCE_BY_MARKER"})
    void aBlockOfValuesThatBecomeStatesIsThereOnce(Guarantee guarantee) throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v AggregateFunction(uniq, String)"
                        + MARKED
                        + ") "
                        + PARTITIONED
                        + WINDOW);
        WritePlan plan = plan(guarantee, false, false, "");
        StagedBlock block = staged(plan, 1, 90);
        commit(plan, block);
        commit(plan, block);
        assertThat(counts()).containsExactly("90", "90");
        commit(plan, staged(plan, 1, 90));
        assertThat(counts()).containsExactly("180", "90");
    }

    @Test
    void equalRowsOfTwoBlocksAreBothThere() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id" + WINDOW);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        commit(plan, staged(plan, 1, 10), staged(plan, 1, 10));
        assertThat(counts()).containsExactly("20", "10");
    }

    @Test
    void aViewThatRefusedABlockGetsItWhenItGoesOutAgain() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id" + WINDOW);
        target.sql("CREATE TABLE gate (open UInt8) ENGINE = Memory");
        target.sql("CREATE TABLE seen (id Int64) ENGINE = MergeTree ORDER BY id" + WINDOW);
        target.sql(
                "CREATE MATERIALIZED VIEW view TO seen AS SELECT id FROM t WHERE throwIf((SELECT"
                        + " count() FROM gate) = 0) = 0");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        StagedBlock block = staged(plan, 1, 10);
        assertThatThrownBy(() -> commit(plan, block)).hasMessageContaining("throwIf");
        target.sql("INSERT INTO gate VALUES (1)");
        commit(plan, block);
        commit(plan, block);
        assertThat(counts()).containsExactly("10", "10");
        assertThat(target.sql("SELECT count(), uniqExact(id) FROM seen").get(0))
                .containsExactly("10", "10");
    }

    @ParameterizedTest
    @EnumSource(
            value = Guarantee.class,
            names = {"EXACTLY_ONCE_BY_WINDOW", "EXACTLY_ONCE_BY_MARKER"})
    void blocksForAnotherTableGoNowhere(Guarantee guarantee) throws Exception {
        create(MARKED, "ENGINE = MergeTree ORDER BY id" + WINDOW);
        target.sql("CREATE TABLE other AS t");
        StagedBlock block = staged(plan(guarantee, false, false, ""), 1, 10);
        WritePlan other =
                EarlierRun.plan(
                        target.target(Compression.LZ4), "other", guarantee, false, false, "");
        assertThatThrownBy(() -> commit(other, block))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("for another table than " + target.database() + ".other");
        assertThat(counts()).containsExactly("0", "0");
        assertThat(target.value("SELECT count() FROM other")).isEqualTo("0");
    }

    @Test
    void aBlockWithTooManyRowsFailsTheJobWithBothNumbers() throws Exception {
        create(MARKED, "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, "");
        StagedBlock block = staged(plan, 1, 5);
        target.sql("INSERT INTO t SELECT number, 'v', '" + block.token() + "' FROM numbers(6)");
        assertThatThrownBy(() -> commit(plan, block))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("holds 6 of the 5 rows of block " + block.token());
    }

    @Test
    void aBlockIsThereOnceWithinTheWindowAndUnknownAfterIt() throws Exception {
        create("", PARTITIONED + " SETTINGS non_replicated_deduplication_window = 20");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        StagedBlock block = staged(plan, 1, 900);
        commit(plan, block);
        commit(plan, block);
        assertThat(counts()).containsExactly("900", "900");
        for (int id = 10_000; id < 10_030; id++) {
            target.sql("INSERT INTO t VALUES (" + id + ", 'x')");
        }
        assertThatThrownBy(() -> commit(plan, block))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("deduplication window (20 blocks) may have passed")
                .hasMessageContaining("'expired-window'='resend'");
        assertThat(counts()).containsExactly("930", "930");
        commit(plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, true, ""), block);
        assertThat(counts()).containsExactly("1830", "930");
    }

    @Test
    void aTableWithoutAWindowIsRefusedWithTheStatementThatGivesItOne() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        String alter =
                "ALTER TABLE `"
                        + target.database()
                        + "`.`t` MODIFY SETTING non_replicated_deduplication_window = 10000";
        assertThatThrownBy(() -> window(plan))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("Run: " + alter);
        target.sql(alter);
        assertThat(window(plan)).isEqualTo(new DeduplicationWindow(10_000, 0));
    }

    @Test
    void autoTuneGivesTheTableAWindow() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, true, false, "");
        window(plan);
        assertThat(
                        target.value(
                                "SELECT engine_full FROM system.tables WHERE name = 't' AND"
                                        + " database = currentDatabase()"))
                .contains("non_replicated_deduplication_window = 10000");
        StagedBlock block = staged(plan, 1, 10);
        commit(plan, block);
        commit(plan, block);
        assertThat(counts()).containsExactly("10", "10");
    }

    @Test
    void aTableWithoutTheMarkerOrOfAnotherEngineIsRefused() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, "");
        assertThatThrownBy(() -> Marker.check(plan.table(), opened(plan).meta()))
                .hasMessageContaining("ADD COLUMN `_velo_txn` LowCardinality(String)");
        target.sql("DROP TABLE t");
        create(MARKED, "ENGINE = ReplacingMergeTree ORDER BY id");
        assertThatThrownBy(() -> Marker.check(plan.table(), opened(plan).meta()))
                .hasMessageContaining("drops or moves rows");
    }

    @Test
    void aStagedFileIsReplacedByANoteOnceItsBlockIsThere(@TempDir Path folder) throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, folder.toString());
        StagedBlock block = staged(plan, 1, 900);
        assertThat(block.payload()).isEmpty();
        StagedBlockSerializer serializer = new StagedBlockSerializer();
        StagedBlock restored =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(block));
        commit(plan, restored);
        assertThat(folder).isDirectoryContaining("glob:**.done");
        assertThat(folder).isDirectoryNotContaining("glob:**.block");
        commit(plan, restored);
        assertThat(counts()).containsExactly("900", "900");
    }

    @Test
    void aBlockWhoseFileIsGoneIsThereIfItsRowsAre(@TempDir Path folder) throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, folder.toString());
        StagedBlock block = staged(plan, 1, 900);
        commit(plan, block);
        // What is left of it some checkpoints later.
        Files.delete(Path.of(block.file() + ".done"));
        commit(plan, block);
        assertThat(counts()).containsExactly("900", "900");
    }

    @Test
    void aBlockWhoseFileIsGoneAndWhoseRowsAreNotThereFails(@TempDir Path folder) throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, folder.toString());
        StagedBlock block = staged(plan, 1, 900);
        Files.delete(Path.of(block.file()));
        assertThatThrownBy(() -> commit(plan, block))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("nothing proves that its 900 rows are in")
                .hasMessageContaining("start from a newer checkpoint");
        assertThat(counts()).containsExactly("0", "0");
    }

    @Test
    void anEntryOfTheWindowIsAPartitionOfABlock() throws Exception {
        create("", PARTITIONED + " SETTINGS non_replicated_deduplication_window = 20");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        commit(plan, staged(plan, 1, 900));
        StagedBlock block = staged(plan, 1_001, 900);
        WindowInsert again = again(plan, block, new DeduplicationWindow(20, 0), 5);
        assertThat(again.of(1)).isPresent();
        assertThat(again.of(2)).isPresent();
        WindowInsert crowded = again(plan, block, new DeduplicationWindow(20, 0), 7);
        assertThat(crowded.of(1)).isPresent();
        assertThatThrownBy(() -> crowded.of(2)).hasMessageContaining("VELO-IO-007");
    }

    @Test
    void blocksThatWaitForTheirTurnTakeNothingFromTheWindow() throws Exception {
        create("", PARTITIONED + " SETTINGS non_replicated_deduplication_window = 40");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, false, false, "");
        commit(plan, staged(plan, 1, 9));
        List<StagedBlock> blocks = new ArrayList<>();
        for (int block = 1; block <= 10; block++) {
            blocks.add(staged(plan, 100L * block, 9));
        }
        commit(plan, blocks.toArray(StagedBlock[]::new));
        assertThat(counts()).containsExactly("99", "99");
    }

    @Test
    void aBlockThatDidNotReachTheServerIsNotLookedFor() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, true, false, "");
        StagedBlock block = staged(plan, 1, 10);
        for (int id = 10_000; id < 10_003; id++) {
            target.sql("INSERT INTO t VALUES (" + id + ", 'x')");
        }
        WindowInsert insert = again(plan, block, new DeduplicationWindow(2, 0), 1);
        assertThat(insert.of(1)).isPresent();
        insert.notSent();
        assertThat(insert.of(2)).isPresent();
        assertThatThrownBy(() -> insert.of(3)).hasMessageContaining("VELO-IO-007");
    }

    @Test
    void aReplicatedTableJudgesABlockOfTheFormerFormatByItsAge() throws Exception {
        create("", PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, true, false, "");
        StagedBlock block = former(staged(plan, 1, 10));
        for (int id = 10_000; id < 10_012; id++) {
            target.sql("INSERT INTO t VALUES (" + id + ", 'x')");
        }
        WindowInsert young = again(plan, block, new DeduplicationWindow(10, 3_600), 1);
        assertThat(young.of(1)).isPresent();
        assertThat(young.of(2)).isPresent();
        WindowInsert plain = again(plan, block, new DeduplicationWindow(10, 0), 1);
        assertThat(plain.of(1)).isPresent();
        assertThatThrownBy(() -> plain.of(2)).hasMessageContaining("VELO-IO-007");
    }

    @Test
    void aWindowThatTheBlocksUnderWayCanFillIsToldOf() {
        DeduplicationWindow window = new DeduplicationWindow(300, 0);
        assertThat(window.tooSmall(3, 99)).isEmpty();
        assertThat(window.tooSmall(3, 100))
                .contains("(300 blocks)", "300 entries of 3 blocks", "VELO-IO-007");
    }

    @Test
    void aLaterAttemptIsCheckedAndABlockOfAgeIsNotEnough() throws Exception {
        create("", "ENGINE = MergeTree ORDER BY id");
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_WINDOW, true, false, "");
        StagedBlock block = staged(plan, 1, 10);
        for (int id = 10_000; id < 10_012; id++) {
            target.sql("INSERT INTO t VALUES (" + id + ", 'x')");
        }
        // Young enough for the window of a replicated table, but too many blocks came after it.
        WindowInsert insert = again(plan, block, new DeduplicationWindow(10, 3_600), 1);
        assertThat(insert.of(1)).isPresent();
        assertThatThrownBy(() -> insert.of(2))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("(10 blocks, 3600 s)");
        WindowInsert wide = again(plan, block, new DeduplicationWindow(20, 3_600), 1);
        assertThat(wide.of(2)).isPresent();
        assertThat(wide.of(3)).isPresent();
    }

    @Test
    void aDamagedFileIsNotInserted(@TempDir Path folder) throws Exception {
        create(MARKED, PARTITIONED);
        WritePlan plan = plan(Guarantee.EXACTLY_ONCE_BY_MARKER, false, false, folder.toString());
        StagedBlock block = staged(plan, 1, 900);
        byte[] bytes = Files.readAllBytes(Path.of(block.file()));
        bytes[bytes.length / 2] ^= 1;
        Files.write(Path.of(block.file()), bytes);
        assertThatThrownBy(() -> commit(plan, block)).hasMessageContaining("was damaged");
        assertThat(counts()).containsExactly("0", "0");
    }

    private void create(String more, String engine) {
        target.sql("CREATE TABLE t (id Int64, v String" + more + ") " + engine);
    }

    private List<String> counts() {
        return target.sql("SELECT count(), uniqExact(id) FROM t").get(0);
    }

    private WritePlan plan(Guarantee guarantee, boolean tune, boolean resend, String folder) {
        return EarlierRun.plan(
                target.target(Compression.LZ4), "t", guarantee, tune, resend, folder);
    }

    private OpenedTable opened(WritePlan plan) throws IOException {
        return OpenedTable.inTask(plan.table(), transport);
    }

    private DeduplicationWindow window(WritePlan plan) throws IOException {
        return DeduplicationWindow.require(plan.table(), opened(plan).meta(), transport);
    }

    private static StagedBlock staged(WritePlan plan, long from, int rows) throws IOException {
        return EarlierRun.block(plan, from, rows);
    }

    /** An insert of this run. */
    private WindowInsert again(
            WritePlan plan, StagedBlock block, DeduplicationWindow window, int underWay) {
        InsertedBlocks inserted = new InsertedBlocks(plan.table());
        return new WindowInsert(transport, window, inserted, block, underWay, false, false);
    }

    /** The same block as the former version of Velo left it in a checkpoint. */
    private static StagedBlock former(StagedBlock block) {
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
                "",
                1);
    }

    private static void commit(WritePlan plan, StagedBlock... blocks) throws Exception {
        EarlierRun.commit(plan, List.of(blocks));
    }
}
