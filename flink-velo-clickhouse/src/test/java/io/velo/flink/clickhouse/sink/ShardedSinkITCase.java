// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.TwoShards;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardSearch;
import io.velo.flink.testkit.fault.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a Distributed table, written to its shards: two servers with the weights 1 and 2. */
class ShardedSinkITCase {

    private static final String LOCAL = "&write_mode=local";
    private static final String COLUMNS = "(id BIGINT, name STRING, small SMALLINT)";
    private static final String WINDOW =
            "ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 1000";

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static TwoShards shards;
    private static TestTarget first;
    private static TestTarget second;

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
    @CsvSource(
            delimiter = ';',
            value = {"plain; small", "hashed; cityHash64(id, name)", "cut; small % 3"})
    void rowsLandWhereTheServersOwnInsertPutsThem(String table, String key) throws Exception {
        create(table, "id Int64, name String, small Int16", WINDOW, key);
        create(table + "_own", "id Int64, name String, small Int16", WINDOW, key);
        StreamTableEnvironment env = environment(2);
        declare(env, table, COLUMNS, LOCAL + "&batch_size=500");
        insert(
                env,
                "INSERT INTO "
                        + table
                        + " SELECT n, CONCAT('näme ', CAST(n * n AS STRING)), CAST(n - 1000 AS"
                        + " SMALLINT) FROM numbers",
                3_000);
        first.sql(
                "INSERT INTO "
                        + table
                        + "_own SELECT number + 1 AS n, concat('näme ', toString(n * n)), n - 1000"
                        + " FROM numbers(3000) SETTINGS distributed_foreground_insert = 1");
        for (TestTarget server : List.of(first, second)) {
            String own = rows(server, table + "_own");
            assertThat(rows(server, table)).isEqualTo(own).startsWith("[[").hasSizeGreaterThan(999);
        }
        assertThat(count(first, table) + count(second, table)).isEqualTo(3_000);
    }

    @ParameterizedTest
    @CsvSource({
        "rowbinary, &sink_delivery_guarantee=exactly-once",
        "json, &sink_delivery_guarantee=exactly-once&commit_marker=true",
        "tsv, &sink_delivery_guarantee=at-least-once"
    })
    void everyFormatReachesTheShardsAndComesBack(String format, String guarantee) throws Exception {
        String table = "by_" + format;
        create(
                table,
                "id Int64, name Nullable(String), small Int16, _velo_txn LowCardinality(String)",
                WINDOW,
                "cityHash64(id)");
        StreamTableEnvironment env = environment(2);
        env.getConfig().set("execution.checkpointing.interval", "200ms");
        String more = LOCAL + "&batch_size=300&format=" + format;
        declare(env, table, COLUMNS, more + guarantee);
        insert(
                env,
                "INSERT INTO "
                        + table
                        + " SELECT n, NULLIF('t\t' || CAST(n AS STRING), 't\t7'), CAST(1 AS SMALLINT)"
                        + " FROM numbers",
                2_000);
        assertThat(count(second, table)).isGreaterThan(count(first, table)).isLessThan(2_000);
        assertThat(first.value("SELECT countIf(cityHash64(id) % 3 != 0) FROM " + table + "_local"))
                .isEqualTo("0");
        env =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(),
                        EnvironmentSettings.inBatchMode());
        declare(env, table, COLUMNS, "&split_rows=500&format=" + format);
        assertThat(
                        CollectionUtil.iteratorToList(
                                env.executeSql(
                                                "SELECT COUNT(*), COUNT(DISTINCT id), COUNT(name),"
                                                        + " SUM(CASE WHEN name = 't\t' || CAST(id AS"
                                                        + " STRING) THEN 1 ELSE 0 END) FROM "
                                                        + table)
                                        .collect()))
                .containsExactly(Row.of(2_000L, 2_000L, 1_999L, 1_999));
    }

    @ParameterizedTest(name = "marker {0}")
    @ValueSource(booleans = {false, true})
    void everyRowIsThereOnceThoughAServerAndATaskManagerAreKilled(
            boolean marker, @InjectMiniCluster MiniCluster cluster) throws Exception {
        int rows = 60_000;
        String table = marker ? "marked" : "once";
        create(
                table,
                "id Int64, name String, small Int16"
                        + (marker ? ", _velo_txn LowCardinality(String)" : ""),
                marker ? "ENGINE = MergeTree ORDER BY id" : WINDOW,
                "intHash64(id)");
        StreamTableEnvironment env = environment(2);
        env.getConfig().set("execution.checkpointing.interval", "300ms");
        env.getConfig().set("restart-strategy.type", "fixed-delay");
        env.getConfig().set("restart-strategy.fixed-delay.attempts", "100");
        env.getConfig().set("restart-strategy.fixed-delay.delay", "200ms");
        declare(
                env,
                table,
                COLUMNS,
                LOCAL
                        + "&sink_delivery_guarantee=exactly-once&batch_size=700&commit_marker="
                        + marker);
        numbers(env, rows, 10_000);
        TableResult job =
                env.executeSql(
                        "INSERT INTO "
                                + table
                                + " SELECT n, CAST(n AS STRING), CAST(1 AS SMALLINT) FROM numbers");
        await(job, table, 5_000);
        shards.servers().get(1).kill();
        shards.servers().get(1).start();
        await(job, table, 15_000);
        cluster.terminateTaskManager(0);
        cluster.startTaskManager();
        job.await(5, TimeUnit.MINUTES);
        assertThat(
                        first.value(
                                "SELECT concat(toString(count()), ' ', toString(uniqExact(id))) FROM "
                                        + table))
                .isEqualTo(rows + " " + rows);
        assertThat(count(first, table)).isBetween(rows / 4L, rows / 2L);
        assertThat(first.value("SELECT countIf(intHash64(id) % 3 != 0) FROM " + table + "_local"))
                .isEqualTo("0");
    }

    @Test
    void theNewestRowOfAKeyStays() throws Exception {
        create(
                "latest",
                "id Int64, name String, _velo_version Int64, _velo_deleted UInt8",
                "ENGINE = ReplacingMergeTree(_velo_version, _velo_deleted) ORDER BY id",
                "cityHash64(id)");
        StreamTableEnvironment env = environment(1);
        env.getConfig().set("table.exec.sink.require-on-conflict", "false");
        declare(
                env,
                "latest",
                "(id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)",
                LOCAL + "&batch_size=50");
        insert(
                env,
                "INSERT INTO latest SELECT n % 100, CAST(MAX(n) AS STRING) FROM numbers GROUP BY n %"
                        + " 100",
                1_000);
        assertThat(
                        first.value(
                                "SELECT concat(toString(count()), ' ', toString(sum(toInt64(name))))"
                                        + " FROM latest FINAL"))
                .isEqualTo("100 95050");
    }

    @Test
    void aSinkThatCannotTellTheShardIsRefused() throws Exception {
        create("odd", "id Int64, name String", "ENGINE = MergeTree ORDER BY id", "javaHash(name)");
        create(
                "anyone",
                "id Int64, name String",
                "ENGINE = ReplacingMergeTree ORDER BY id",
                "rand()");
        StreamTableEnvironment env = environment(1);
        String columns = "(id BIGINT, name STRING)";
        declare(env, "odd", columns, LOCAL);
        assertRefused(env, "odd", "javaHash(name)", "It knows a column of a whole number");
        declare(env, "anyone", columns, LOCAL);
        assertRefused(env, "anyone", "Rows of one key could go to several shards");
        declare(env, "odd_local", columns, LOCAL);
        assertRefused(env, "odd_local", "writes to the shards of a Distributed table");
        declare(env, "anyone_local", columns, LOCAL + "&optimize=true");
        assertRefused(env, "anyone_local", "'write-mode'='local' and 'optimize'");
    }

    @Test
    void anotherServerThanTheShardsTakesNoRow() throws Exception {
        create("pinned", "id Int64, name String", WINDOW, "id");
        HttpTransport transport = first.transport(Compression.NONE);
        List<ShardPlace> places =
                new ShardSearch(transport).find(first.database(), "pinned").shards();
        ShardPlace swapped =
                new ShardPlace(
                        1,
                        1,
                        places.get(0).database(),
                        places.get(0).table(),
                        Map.of(
                                places.get(1).servers().keySet().iterator().next(),
                                places.get(0).servers().values().iterator().next()));
        String insert = " (id) SELECT id FROM input('id Int64') WHERE ";
        HttpTransport there = new HttpTransport(swapped.in(transport.target()));
        assertThatThrownBy(
                        () ->
                                there.rows(
                                        "INSERT INTO pinned_local"
                                                + insert
                                                + swapped.pin()
                                                + " FORMAT TSV 7"))
                .hasMessageContaining("none of those that have the rows");
        assertThat(count(first, "pinned") + count(second, "pinned")).isZero();
        there.rows("INSERT INTO pinned_local" + insert + places.get(1).pin() + " FORMAT TSV 7");
        assertThat(count(second, "pinned")).isEqualTo(1);
    }

    private static void assertRefused(StreamTableEnvironment env, String table, String... words) {
        assertThatThrownBy(
                        () ->
                                env.executeSql(
                                                "INSERT INTO "
                                                        + table
                                                        + " SELECT CAST(1 AS BIGINT), 'x'")
                                        .await())
                .satisfies(
                        failure ->
                                assertThat(ExceptionUtils.stringifyException(failure))
                                        .contains(words));
        assertThat(count(first, table.replace("_local", ""))).isZero();
    }

    private static void create(String table, String columns, String engine, String key) {
        for (TestTarget server : List.of(first, second)) {
            server.sql(
                    "CREATE TABLE "
                            + first.database()
                            + "."
                            + table
                            + "_local ("
                            + columns
                            + ") "
                            + engine);
        }
        first.sql(
                "CREATE TABLE "
                        + table
                        + " ("
                        + columns
                        + ") ENGINE = Distributed(velo_servers, "
                        + first.database()
                        + ", "
                        + table
                        + "_local, "
                        + key
                        + ")");
    }

    private static StreamTableEnvironment environment(int parallelism) {
        StreamTableEnvironment env =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        env.getConfig().set("parallelism.default", Integer.toString(parallelism));
        env.getConfig().set("restart-strategy.type", "none");
        return env;
    }

    private static void declare(
            StreamTableEnvironment env, String table, String columns, String more) {
        env.executeSql(
                "CREATE TABLE "
                        + table
                        + " "
                        + columns
                        + " WITH ('connector' = 'velo', 'uri' = '"
                        + first.uri(table, more)
                        + "', 'username' = 'velo', 'password' = 'velo')");
    }

    private static void numbers(StreamTableEnvironment env, int rows, int perSecond) {
        env.executeSql(
                "CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' ="
                        + " 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '"
                        + rows
                        + "', 'rows-per-second' = '"
                        + perSecond
                        + "')");
    }

    private static void insert(StreamTableEnvironment env, String sql, int rows) throws Exception {
        numbers(env, rows, 1_000_000);
        env.executeSql(sql).await(2, TimeUnit.MINUTES);
    }

    private static String rows(TestTarget server, String table) {
        return server.sql("SELECT * FROM " + first.database() + "." + table + "_local ORDER BY ALL")
                .toString();
    }

    private static long count(TestTarget server, String table) {
        return Long.parseLong(
                server.value("SELECT count() FROM " + first.database() + "." + table + "_local"));
    }

    private static void await(TableResult job, String table, long rows) throws Exception {
        JobClient client = job.getJobClient().orElseThrow();
        Await.untilHolds(
                Duration.ofMinutes(4),
                () ->
                        assertThat(count(first, table) + count(second, table))
                                .as("rows, job " + client.getJobStatus().get())
                                .isGreaterThanOrEqualTo(rows));
    }
}
