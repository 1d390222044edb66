// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.fault.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rows lie in a table: sorted blocks, few partitions per writer, merged parts. */
class LayoutITCase {

    /** The server merges such parts only when it is told to, by OPTIMIZE with FINAL. */
    private static final String UNMERGED =
            " SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1,"
                    + " max_bytes_to_merge_at_min_space_in_pool = 1";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                            .build());

    private final TestTarget target = TestTarget.create();

    @Test
    void theServerFindsASortedBlockSorted() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, name Nullable(String), `at` DateTime64(3)) ENGINE ="
                        + " MergeTree ORDER BY (name, id) SETTINGS allow_nullable_key = 1");
        String rows =
                "INSERT INTO t SELECT MOD(id * 7919, 1000) AS id, CASE MOD(id, 3) WHEN 0 THEN 'b' WHEN"
                        + " 1 THEN 'é' END AS name, TO_TIMESTAMP_LTZ(id, 3) AS `at` FROM numbers";
        TableEnvironment sql = batch("t", "id BIGINT, name STRING, `at` TIMESTAMP_LTZ(3)", "");
        long before = sortedBlocks();
        sql.executeSql(rows).await();
        assertThat(sortedBlocks()).isEqualTo(before);
        sql =
                batch(
                        "t",
                        "id BIGINT, name STRING, `at` TIMESTAMP_LTZ(3)",
                        "&sort_rows=true&batch_timeout=60s");
        sql.executeSql(rows).await();
        assertThat(sortedBlocks()).isEqualTo(before + 1);
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("2000");
        assertThat(target.value("SELECT uniqExact(`at`) FROM t")).isEqualTo("1000");
    }

    @Test
    void aSortedRowKeepsItsVersion() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v Int64, version UInt64) ENGINE ="
                        + " ReplacingMergeTree(version) ORDER BY id");
        TableEnvironment sql =
                batch("t", "id BIGINT, v BIGINT, PRIMARY KEY (id) NOT ENFORCED", "&sort_rows=true");
        sql.getConfig().set("table.exec.sink.require-on-conflict", "false");
        sql.executeSql("INSERT INTO t SELECT 9 - MOD(id, 10), id FROM numbers").await();
        assertThat(target.value("SELECT count() FROM t FINAL")).isEqualTo("10");
        assertThat(target.value("SELECT sum(v) FROM t FINAL")).isEqualTo("9955");
    }

    @Test
    void whatCannotBeSortedOrShuffledIsRefused() {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY intHash64(id)");
        String insert = "INSERT INTO t SELECT id FROM numbers";
        assertThatThrownBy(() -> run(batch("t", "id BIGINT", "&sort_rows=true"), insert))
                .hasStackTraceContaining("does not start with a column that Velo can compare");
        assertThatThrownBy(() -> run(batch("t", "id BIGINT", "&shuffle=partition"), insert))
                .hasStackTraceContaining("has no PARTITION BY");
        target.sql(
                "CREATE TABLE h (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY"
                        + " intHash64(id) % 4");
        assertThatThrownBy(
                        () ->
                                run(
                                        batch("h", "id BIGINT", "&shuffle=partition"),
                                        insert.replace("INTO t", "INTO h")))
                .hasStackTraceContaining("cannot compute");
    }

    @Test
    void aShuffledPartitionIsWrittenByOneSubtask() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, `at` DateTime64(3)) ENGINE = MergeTree ORDER BY id"
                        + " PARTITION BY (toYYYYMM(`at`), id % 3)");
        target.sql("SYSTEM STOP MERGES t");
        String insert =
                "INSERT INTO t SELECT id, TO_TIMESTAMP_LTZ(id * 5184000000, 3) FROM numbers";
        String columns = "id BIGINT, `at` TIMESTAMP_LTZ(3)";
        String limited = insert + " WHERE id < 12";
        TableEnvironment sql = batch("t", columns, "");
        sql.getConfig().set("parallelism.default", "2");
        sql.executeSql(limited.replace("id * 5184000000", "MOD(id, 2) * 5184000000")).await();
        assertThat(target.value("SELECT uniqExact(_partition_id) FROM t")).isEqualTo("6");
        target.sql("TRUNCATE TABLE t");
        sql = batch("t", columns, "&shuffle=partition&batch_timeout=60s");
        sql.getConfig().set("parallelism.default", "2");
        sql.executeSql(limited.replace("id * 5184000000", "MOD(id, 2) * 5184000000")).await();
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("11");
        assertThat(target.value("SELECT uniqExact(_part) FROM t")).isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource({"none, 6", "partition, 3"})
    void aShuffledStreamMakesFewerParts(String shuffle, String parts) throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 3");
        target.sql("SYSTEM STOP MERGES t");
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        // Either subtask makes numbers of every partition: the even ones, or the odd ones.
        sql.getConfig().set("parallelism.default", "2");
        String more = "&batch_timeout=10min&shuffle=" + shuffle;
        declare(sql, "t", "id BIGINT", more, "'rows-per-second'='100000'", 1, 1000);
        sql.executeSql("INSERT INTO t SELECT id FROM numbers").await();
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("1000");
        assertThat(target.value("SELECT uniqExact(_part) FROM t")).isEqualTo(parts);
    }

    @Test
    void aBlockOfTooManyPartitionsGoesOutInParts() throws Exception {
        createOfManyPartitions();
        run(batch("t", "id BIGINT", ""), "INSERT INTO t SELECT id FROM numbers");
        assertThat(
                        target.value(
                                "SELECT concat(toString(count()), ' ', toString(uniqExact(id)), ' ',"
                                        + " toString(uniqExact(_partition_id))) FROM t"))
                .isEqualTo("1000 1000 300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&format=tsv", "&failure_strategy=log-and-continue"})
    void aBlockOfTooManyPartitionsThatCannotBeCutIsRefusedWithTheWayOut(String options) {
        createOfManyPartitions();
        assertThatThrownBy(
                        () ->
                                run(
                                        batch("t", "id BIGINT", options),
                                        "INSERT INTO t SELECT id FROM numbers"))
                .hasStackTraceContaining("shuffle=partition");
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("0");
    }

    @Test
    void rowsThatAViewHasTooManyPartitionsForAreNotInsertedAgain() {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 3");
        target.sql(
                "CREATE TABLE v (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 300");
        target.sql("CREATE MATERIALIZED VIEW seen TO v AS SELECT id FROM t");
        assertThatThrownBy(
                        () ->
                                run(
                                        batch("t", "id BIGINT", ""),
                                        "INSERT INTO t SELECT id FROM numbers"))
                .hasStackTraceContaining("while pushing to view");
        assertThat(target.value("SELECT count() = uniqExact(id) FROM t")).isEqualTo("1");
    }

    private void createOfManyPartitions() {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "final", "deduplicate"})
    void partitionsThatGotRowsAreMergedWhenABatchJobEnds(String mode) throws Exception {
        boolean partition = mode.equals("partition");
        boolean others = mode.equals("final");
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 2"
                        + (partition ? "" : UNMERGED));
        target.sql("INSERT INTO t VALUES (1)");
        target.sql("INSERT INTO t VALUES (1)");
        target.sql("INSERT INTO t VALUES (2)");
        if (others) {
            awaitNextSeconds();
        }
        TableEnvironment sql = batch("t", "id BIGINT", "&optimize=" + mode);
        sql.executeSql("INSERT INTO t SELECT id * 2 FROM numbers").await();
        assertThat(parts("0")).isEqualTo("1");
        if (others) {
            assertThat(parts("1")).isEqualTo("2");
        }
        assertThat(target.value("SELECT count() FROM t WHERE id % 2 = 0"))
                .isEqualTo(mode.equals("deduplicate") ? "1000" : "1001");
    }

    @Test
    void aPartitionThatGotItsRowsLongBeforeABatchJobEndsIsMerged() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id > 200"
                        + UNMERGED);
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        sql.getConfig().set("parallelism.default", "1");
        String more = "&optimize=final&batch_size=100";
        String speed = "'number-of-rows'='700', 'rows-per-second'='200'";
        declare(sql, "t", "id BIGINT", more, speed, 1, 700);
        sql.executeSql("INSERT INTO t SELECT id FROM numbers").await();
        assertThat(parts("0")).isEqualTo("1");
        assertThat(parts("1")).isEqualTo("1");
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("700");
    }

    @Test
    void partitionsAreMergedWhenABoundedStreamEnds() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 2"
                        + UNMERGED);
        target.sql("INSERT INTO t VALUES (5), (6)");
        TableEnvironment sql = stream("&optimize=final", 400, 1000);
        sql.executeSql("INSERT INTO t SELECT id FROM numbers").await();
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("402");
        assertThat(parts("0")).isEqualTo("1");
        assertThat(parts("1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void aStreamMergesAtMostOncePerIntervalAndIsCancelled(String guarantee) throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id"
                        + UNMERGED
                        + ", non_replicated_deduplication_window = 1000");
        String more =
                "&optimize=final&optimize.min_interval=1s&sink_delivery_guarantee=" + guarantee;
        TableEnvironment sql = stream(more, 1_000_000, 50);
        long started = System.nanoTime();
        JobClient job =
                sql.executeSql("INSERT INTO t SELECT id FROM numbers").getJobClient().orElseThrow();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (rounds() < 2) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(200);
            }
            long ran = rounds();
            assertThat(ran).isLessThanOrEqualTo((System.nanoTime() - started) / 1_000_000_000);
        } finally {
            job.cancel().get();
        }
        while (job.getJobStatus().get() != JobStatus.CANCELED) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Each old row takes the merge a second, for it gets the value of a column that came later. */
    @Test
    void aCancelledJobDoesNotWaitForAnOptimizeThatRuns() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id"
                        + UNMERGED
                        + ", index_granularity = 1, merge_max_block_size = 1");
        target.sql("INSERT INTO t SELECT -number FROM numbers(300)");
        target.sql("ALTER TABLE t ADD COLUMN slow UInt8 DEFAULT sleepEachRow(1)");
        TableEnvironment sql = batch("t", "id BIGINT, slow SMALLINT", "&optimize=final");
        JobClient job =
                sql.executeSql("INSERT INTO t SELECT id, CAST(0 AS SMALLINT) FROM numbers")
                        .getJobClient()
                        .orElseThrow();
        try {
            Await.untilHolds(PATIENCE, () -> assertThat(merges()).isEqualTo(1));
            job.cancel().get();
            Await.untilHolds(
                    PATIENCE,
                    () -> assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED));
            assertThat(merges()).isEqualTo(1);
        } finally {
            target.sql("DROP TABLE t SYNC");
        }
    }

    private long merges() {
        return Long.parseLong(
                target.value(
                        "SELECT count() FROM system.merges WHERE database = currentDatabase()"));
    }

    @Test
    void anOptimizeThatFailsIsNoReasonToFail() throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id");
        target.sql("SYSTEM STOP MERGES t");
        target.sql("INSERT INTO t VALUES (1)");
        TableEnvironment sql = batch("t", "id BIGINT", "&optimize=final");
        JobID job = insert(sql);
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("1001");
        assertThat(target.value("SELECT uniqExact(_part) FROM t")).isEqualTo("2");
        assertThat(counted(job, "optimize_failures")).isEqualTo(1);
        assertThat(counted(job, "optimize_runs")).isZero();
        target.sql("SYSTEM START MERGES t");
        job = insert(sql);
        assertThat(target.value("SELECT uniqExact(_part) FROM t")).isEqualTo("1");
        assertThat(counted(job, "optimize_failures")).isZero();
        assertThat(counted(job, "optimize_runs")).isEqualTo(1);
    }

    @Test
    void aTableWithoutPartsIsRefused() {
        target.sql("CREATE TABLE t (id Int64) ENGINE = Memory");
        assertThatThrownBy(
                        () ->
                                run(
                                        batch("t", "id BIGINT", "&optimize=true"),
                                        "INSERT INTO t SELECT id FROM numbers"))
                .hasStackTraceContaining("with the engine Memory has none of its own");
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("0");
    }

    private static JobID insert(TableEnvironment sql) throws Exception {
        TableResult result = sql.executeSql("INSERT INTO t SELECT id FROM numbers");
        result.await();
        return result.getJobClient().orElseThrow().getJobID();
    }

    /** The metric of the operator that runs OPTIMIZE. */
    private static long counted(JobID job, String metric) {
        return REPORTER.findMetrics(job, ".*OPTIMIZE.*velo.*" + metric).values().stream()
                .mapToLong(counter -> ((Counter) counter).getCount())
                .sum();
    }

    /** The numbers from 1 to 1000 in one subtask. */
    private TableEnvironment batch(String table, String columns, String more) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        sql.getConfig().set("parallelism.default", "1");
        declare(sql, table, columns, more, "'number-of-rows'='1000'", 1, 1000);
        return sql;
    }

    private TableEnvironment stream(String more, long rows, int perSecond) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.getConfig().set("parallelism.default", "2");
        sql.getConfig().set("execution.checkpointing.interval", "200ms");
        sql.getConfig().set("restart-strategy.type", "none");
        String speed = "'rows-per-second'='" + perSecond + "'";
        declare(sql, "t", "id BIGINT", more, speed, 1, rows);
        return sql;
    }

    private void declare(
            TableEnvironment sql,
            String table,
            String columns,
            String more,
            String speed,
            long from,
            long to) {
        sql.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector'='datagen',"
                        + " 'fields.id.kind'='sequence', 'fields.id.start'='"
                        + from
                        + "', 'fields.id.end'='"
                        + to
                        + "', "
                        + speed
                        + ")");
        sql.executeSql(
                "CREATE TABLE "
                        + table
                        + " ("
                        + columns
                        + ") WITH ('connector'='velo','username'='velo','password'='velo','uri'='"
                        + target.uri(table, more)
                        + "')");
    }

    private static void run(TableEnvironment sql, String statement) throws Exception {
        sql.executeSql(statement).await();
    }

    /**
     * Parts count as touched from the second on in which a job is built, and one or two earlier as
     * times are rounded.
     */
    private void awaitNextSeconds() throws InterruptedException {
        long now = seconds();
        while (seconds() <= now + 3) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long seconds() {
        return Long.parseLong(target.value("SELECT toUnixTimestamp(now())"));
    }

    private String parts(String partition) {
        return target.value(
                "SELECT count() FROM system.parts WHERE active AND database = currentDatabase()"
                        + " AND partition = '"
                        + partition
                        + "'");
    }

    /** Every round merges what the one before has made with what came since. */
    private long rounds() {
        return Long.parseLong(
                target.value(
                        "SELECT max(level) FROM system.parts WHERE active AND database ="
                                + " currentDatabase()"));
    }

    /** Blocks that the server did not have to sort, since it started. */
    private long sortedBlocks() {
        return Long.parseLong(
                target.value(
                        "SELECT sum(value) FROM system.events WHERE event ="
                                + " 'MergeTreeDataWriterBlocksAlreadySorted'"));
    }
}
