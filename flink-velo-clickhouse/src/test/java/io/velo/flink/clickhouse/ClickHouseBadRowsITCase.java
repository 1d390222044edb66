// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that the encoder or the server refuses, under each failure strategy, counted. */
class ClickHouseBadRowsITCase {

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                            .build());

    private final TestTarget target = TestTarget.create();
    private StreamTableEnvironment tables;
    private JobID job;

    @BeforeEach
    void session() {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "200ms");
        tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(configuration));
    }

    @Test
    void onlyTheRowsThatTheServerRejectsBecomeDeadLetters() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String, CONSTRAINT c CHECK id % 5000 != 7) ENGINE ="
                        + " MergeTree ORDER BY id");
        insert(
                "id BIGINT, v STRING",
                "&batch_size=7000&failure_strategy=send-to-dlq&dlq_uri=" + letters(),
                "SELECT n, 'row' FROM numbers",
                50_000);
        assertThat(target.sql("SELECT count(), uniqExact(id), countIf(id % 5000 = 7) FROM t"))
                .containsExactly(List.of("49990", "49990", "0"));
        assertThat(
                        target.sql(
                                "SELECT count(), uniqExact(JSONExtractInt(value, 'id')),"
                                        + " countIf(JSONExtractInt(value, 'id') % 5000 = 7),"
                                        + " any(role), any(stage), any(category), any(code),"
                                        + " any(headers), any(format) FROM dead"))
                .containsExactly(
                        List.of(
                                "10",
                                "10",
                                "10",
                                "sink",
                                "write",
                                "permanent",
                                "VELO-IO-005",
                                "{\"row-kind\":\"+I\"}",
                                "json"));
        assertThat(counted("numRecordsSend")).isEqualTo(49_990);
        assertThat(counted("numRecordsSendErrors")).isEqualTo(10);
        assertThat(counted("velo.clickhouse.dlq_records")).isEqualTo(10);
        assertThat(counted("velo.clickhouse.records_skipped")).isZero();
    }

    @Test
    void rowsThatNoBlockCanHoldNeverReachTheServer() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, small UInt8, day Date, e Enum8('a' = 1), name String)"
                        + " ENGINE = MergeTree ORDER BY id");
        insert(
                "id BIGINT, small SMALLINT, `day` DATE, e STRING, name STRING",
                "&failure_strategy=send-to-dlq&dlq_uri=" + letters(),
                "SELECT n, CAST(CASE WHEN MOD(n, 100) = 1 THEN 256 ELSE 1 END AS SMALLINT), CASE"
                        + " WHEN MOD(n, 100) = 2 THEN DATE '1969-12-31' WHEN MOD(n, 100) = 3 THEN"
                        + " DATE '2149-06-07' ELSE DATE '2020-01-01' END, CASE WHEN MOD(n, 100) = 4"
                        + " THEN 'b' ELSE 'a' END, CASE WHEN MOD(n, 100) = 5 THEN CAST(NULL AS"
                        + " STRING) ELSE 'x' END FROM numbers",
                20_000);
        assertThat(target.sql("SELECT count(), min(day), max(day), max(small) FROM t"))
                .containsExactly(List.of("19000", "2020-01-01", "2020-01-01", "1"));
        assertThat(
                        target.sql(
                                "SELECT extract(message, 'column .(\\\\w+).') AS c, count() FROM"
                                        + " dead WHERE code = 'VELO-SCH-005' AND stage = 'encode'"
                                        + " GROUP BY c ORDER BY c"))
                .containsExactly(
                        List.of("day", "400"),
                        List.of("e", "200"),
                        List.of("name", "200"),
                        List.of("small", "200"));
        assertThat(counted("numRecordsSend")).isEqualTo(19_000);
        assertThat(counted("velo.clickhouse.dlq_records")).isEqualTo(1_000);
    }

    @Test
    void aRowKeepsItsVersionWhenItsBlockIsCut() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String, ver UInt64, CONSTRAINT c CHECK v != 'bad')"
                        + " ENGINE = ReplacingMergeTree(ver) ORDER BY id");
        tables.getConfig().set("parallelism.default", "1");
        tables.getConfig().set("table.exec.sink.require-on-conflict", "false");
        table(
                "t",
                "id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED",
                "&batch_size=1000&failure_strategy=log-and-continue");
        await(
                "INSERT INTO t VALUES (1, 'old'), (2, 'x'), (3, 'bad'), (4, 'x'), (1, 'new'), (5,"
                        + " 'bad'), (6, 'x')");
        assertThat(target.sql("SELECT id, v FROM t FINAL ORDER BY id"))
                .containsExactly(
                        List.of("1", "new"),
                        List.of("2", "x"),
                        List.of("4", "x"),
                        List.of("6", "x"));
        assertThat(target.value("SELECT uniqExact(ver) = count() FROM t")).isEqualTo("1");
        assertThat(counted("velo.clickhouse.records_skipped")).isEqualTo(2);
    }

    @Test
    void withoutAStrategyARejectedRowFailsTheJob() {
        target.sql(
                "CREATE TABLE t (id Int64, CONSTRAINT c CHECK id != 7) ENGINE = MergeTree ORDER BY"
                        + " id");
        assertThatThrownBy(() -> insert("id BIGINT", "", "SELECT n FROM numbers", 100))
                .hasStackTraceContaining("VELO-IO-005")
                .hasStackTraceContaining("is violated at row");
    }

    @Test
    void countsWhatSealedItsBlocks() throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id");
        insert("id BIGINT", "&batch_size=1000", "SELECT n FROM numbers", 20_000);
        assertThat(counted("velo.clickhouse.trigger.rows.flushes")).isBetween(1L, 20L);
        assertThat(counted("numRecordsSend")).isEqualTo(20_000);
        assertThat(counted("velo.clickhouse.deduplicated_blocks")).isZero();
    }

    private String letters() {
        String uri = target.uri("dead", "&auto_create=true&username=velo&password=velo");
        return uri.replace("?", "%3F").replace("&", "%26").replace("=", "%3D");
    }

    private void insert(String columns, String parameters, String query, int rows)
            throws Exception {
        table("t", columns, parameters);
        tables.executeSql(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='1000000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='"
                        + rows
                        + "')");
        await("INSERT INTO t " + query);
    }

    private void table(String name, String columns, String parameters) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + target.uri(name, parameters)
                        + "','username'='velo','password'='velo')");
    }

    private void await(String statement) throws Exception {
        JobClient client = tables.executeSql(statement).getJobClient().orElseThrow();
        job = client.getJobID();
        client.getJobExecutionResult().get();
    }

    /** The sum of a counter of the sink's subtasks, by the end of its name. */
    private long counted(String name) {
        return REPORTER.getMetricsByGroup().entrySet().stream()
                .filter(group -> isOfTheJob(group.getKey()))
                .flatMap(
                        group ->
                                group.getValue().entrySet().stream()
                                        .filter(metric -> isCalled(group.getKey(), metric, name)))
                .mapToLong(metric -> ((Counter) metric.getValue()).getCount())
                .sum();
    }

    private boolean isOfTheJob(MetricGroup group) {
        return job.toHexString().equals(group.getAllVariables().get("<job_id>"));
    }

    private static boolean isCalled(
            MetricGroup group, Map.Entry<String, Metric> metric, String name) {
        String identifier = group.getMetricIdentifier(metric.getKey());
        return identifier.endsWith("." + name) && !identifier.contains(".dlq.");
    }
}
