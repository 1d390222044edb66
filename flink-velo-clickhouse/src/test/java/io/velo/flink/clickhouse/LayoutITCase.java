// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How rows lie in a table: sorted blocks, few partitions per writer, merged parts. */
class LayoutITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
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
        sql.executeSql(rows).await();
        assertThat(profile("MergeTreeDataWriterBlocksAlreadySorted")).isEqualTo("0");
        sql = batch("t", "id BIGINT, name STRING, `at` TIMESTAMP_LTZ(3)", "&sort_rows=true");
        sql.executeSql(rows).await();
        assertThat(profile("MergeTreeDataWriterBlocksAlreadySorted")).isEqualTo("1");
        assertThat(target.value("SELECT count(), uniqExact(id, name, `at`) FROM t"))
                .isEqualTo("2000");
        assertThat(target.value("SELECT uniqExact(id, name, `at`) FROM t")).isEqualTo("1000");
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
        assertThat(target.value("SELECT count(), sum(v) FROM t FINAL")).isEqualTo("10");
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
        String spread = target.value("SELECT uniqExact(_part) FROM t");
        target.sql("TRUNCATE TABLE t");
        sql = batch("t", columns, "&shuffle=partition");
        sql.getConfig().set("parallelism.default", "2");
        sql.executeSql(limited.replace("id * 5184000000", "MOD(id, 2) * 5184000000")).await();
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("12");
        assertThat(target.value("SELECT uniqExact(_part) FROM t")).isEqualTo("6");
        assertThat(spread).isNotEqualTo("6");
    }

    @Test
    void aBlockOfTooManyPartitionsIsRefusedWithTheWayOut() {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id");
        assertThatThrownBy(
                        () ->
                                run(
                                        batch("t", "id BIGINT", ""),
                                        "INSERT INTO t SELECT id FROM numbers"))
                .hasStackTraceContaining("shuffle=partition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "final", "deduplicate"})
    void partitionsThatGotRowsAreMergedWhenABatchJobEnds(String mode) throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 2");
        target.sql("SYSTEM STOP MERGES t");
        target.sql("INSERT INTO t VALUES (1)");
        target.sql("INSERT INTO t VALUES (1)");
        target.sql("INSERT INTO t VALUES (2)");
        awaitNextSecond();
        target.sql("SYSTEM START MERGES t");
        TableEnvironment sql = batch("t", "id BIGINT", "&optimize=" + mode);
        sql.getConfig().set("parallelism.default", "2");
        sql.executeSql("INSERT INTO t SELECT id * 2 FROM numbers").await();
        assertThat(parts("0")).isEqualTo("1");
        boolean deduplicates = mode.equals("deduplicate");
        assertThat(target.value("SELECT count() FROM t WHERE id % 2 = 0"))
                .isEqualTo(deduplicates ? "1000" : "1001");
        assertThat(statements()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void partitionsAreMergedBehindTheLastCheckpointOfABoundedStream(String guarantee)
            throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id PARTITION BY id % 2"
                        + " SETTINGS non_replicated_deduplication_window = 1000");
        target.sql("INSERT INTO t VALUES (5), (6)");
        TableEnvironment sql =
                stream("t", "&optimize=final&sink_delivery_guarantee=" + guarantee, 400, 1000);
        sql.executeSql("INSERT INTO t SELECT id FROM numbers").await(90, TimeUnit.SECONDS);
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("402");
        assertThat(parts("0")).isEqualTo("1");
        assertThat(parts("1")).isEqualTo("1");
    }

    @Test
    void aStreamMergesAtMostOncePerIntervalAndIsCancelledAtOnce() throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id");
        TableEnvironment sql =
                stream("t", "&optimize=true&optimize.min_interval=1s", 1_000_000, 50);
        long started = System.nanoTime();
        JobClient job =
                sql.executeSql("INSERT INTO t SELECT id FROM numbers").getJobClient().orElseThrow();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Integer.parseInt(statements()) < 2) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        int ran = Integer.parseInt(statements());
        assertThat(ran).isLessThanOrEqualTo((int) ((System.nanoTime() - started) / 1_000_000_000));
        job.cancel().get();
        while (job.getJobStatus().get() != JobStatus.CANCELED) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void anOptimizeThatFailsIsNoReasonToFail() throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO t VALUES (1)");
        String user = target.database() + "_writer";
        target.sql("CREATE USER " + user + " IDENTIFIED BY 'p'");
        target.sql("GRANT INSERT, SELECT ON " + target.database() + ".* TO " + user);
        try {
            TableEnvironment sql = batch("t", "id BIGINT", "&optimize=final");
            sql.executeSql("ALTER TABLE t SET ('username'='" + user + "','password'='p')");
            sql.executeSql("INSERT INTO t SELECT id FROM numbers").await();
            assertThat(target.value("SELECT count() FROM t")).isEqualTo("1001");
        } finally {
            target.sql("DROP USER " + user);
        }
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
    }

    /** The numbers from 1 to 1000 in one subtask. */
    private TableEnvironment batch(String table, String columns, String more) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        sql.getConfig().set("parallelism.default", "1");
        declare(sql, table, columns, more, "'number-of-rows'='1000'", 1, 1000);
        return sql;
    }

    private TableEnvironment stream(String table, String more, long rows, int perSecond) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.getConfig().set("parallelism.default", "2");
        sql.getConfig().set("execution.checkpointing.interval", "200ms");
        String speed = "'rows-per-second'='" + perSecond + "'";
        declare(sql, table, "id BIGINT", more, speed, 1, rows);
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

    /** Parts count as touched from the second on in which a job starts. */
    private void awaitNextSecond() {
        String now = target.value("SELECT toUnixTimestamp(now())");
        while (target.value("SELECT toUnixTimestamp(now())").equals(now)) {
            Thread.onSpinWait();
        }
    }

    private String parts(String partition) {
        return target.value(
                "SELECT count() FROM system.parts WHERE active AND database = currentDatabase()"
                        + " AND partition = '"
                        + partition
                        + "'");
    }

    /** OPTIMIZE statements that ended on the table. */
    private String statements() {
        target.sql("SYSTEM FLUSH LOGS");
        return target.value(
                "SELECT count() FROM system.query_log WHERE type = 'QueryFinish' AND query_kind ="
                        + " 'Optimize' AND current_database = currentDatabase()");
    }

    /** What the server counted for the last insert. */
    private String profile(String event) {
        target.sql("SYSTEM FLUSH LOGS");
        List<List<String>> rows =
                target.sql(
                        "SELECT ProfileEvents['"
                                + event
                                + "'] FROM system.query_log WHERE type = 'QueryFinish' AND"
                                + " query_kind = 'Insert' AND current_database = currentDatabase()"
                                + " ORDER BY event_time_microseconds DESC LIMIT 1");
        return rows.get(0).get(0);
    }
}
