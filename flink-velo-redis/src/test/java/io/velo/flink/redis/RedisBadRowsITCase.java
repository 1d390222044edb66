// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.ClaimedPort;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/** What becomes of rows that cannot be written, and what a sink does while its server is away. */
class RedisBadRowsITCase {

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    /** A cluster that outlives its jobs, so that their counters can be read at their end. */
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                            .build());

    private final RedisServer server = RequiredServer.redis();
    private final Jedis redis = new Jedis(server.host(), server.port());
    private StreamTableEnvironment tables;
    private JobID job;

    @BeforeEach
    void empty() {
        // The cluster announces itself only now.
        tables = session();
        redis.select(3);
        redis.flushDB();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void writesADeadLetterForARowWhoseKeyHoldsAnotherType() throws Exception {
        redis.set("r:2", "foreign");

        insert("failure_strategy=send-to-dlq&dlq_uri=" + letters(), 3);

        assertThat(redis.hget("r:1", "name")).isEqualTo("x");
        assertThat(redis.hget("r:3", "name")).isEqualTo("x");
        assertThat(redis.get("r:2")).isEqualTo("foreign");
        assertThat(redis.keys("dead:*")).hasSize(1);
        Map<String, String> letter = redis.hgetAll(redis.keys("dead:*").iterator().next());
        assertThat(letter)
                .containsEntry("role", "sink")
                .containsEntry("stage", "write")
                .containsEntry("category", "permanent")
                .containsEntry("code", "VELO-SCH-002")
                .containsEntry("attempt", "1")
                .containsEntry("key", "r:2")
                .containsEntry("value", "{\"id\":2,\"name\":\"x\"}")
                .containsEntry("headers", "{\"row-kind\":\"+I\"}")
                .containsEntry("format", "json");
        assertThat(letter.get("uri")).startsWith(server.uri());
        assertThat(letter.get("table")).endsWith(".t");
    }

    @Test
    void countsEveryRowOnceWhateverBecameOfIt() throws Exception {
        int rows = 20_000;
        for (int id = 100; id <= rows; id += 100) {
            redis.set("r:" + id, "foreign");
        }

        insert("batch_size=300&failure_strategy=send-to-dlq&dlq_uri=" + letters(), rows);

        assertThat(redis.keys("dead:*")).hasSize(rows / 100);
        assertThat(redis.keys("r:*")).hasSize(rows);
        assertThat(counted("numRecordsSend")).isEqualTo(rows - rows / 100);
        assertThat(counted("velo.redis.dlq_records")).isEqualTo(rows / 100);
        assertThat(counted("velo.redis.records_skipped")).isZero();
        assertThat(counted("velo.redis.records_superseded")).isZero();
        assertThat(counted("numRecordsSendErrors")).isEqualTo(rows / 100);
        assertThat(counted("velo.redis.trigger.rows.flushes")).isPositive();
    }

    @Test
    void leavesOutRowsWithNullInTheKeyWhenAsked() throws Exception {
        table("key_pattern=r:{name}&failure_strategy=log-and-continue");

        await(
                "INSERT INTO t VALUES (CAST(1 AS BIGINT), 'a'), (CAST(2 AS BIGINT),"
                        + " CAST(NULL AS STRING)), (CAST(3 AS BIGINT), 'a')");

        assertThat(redis.keys("*")).containsExactly("r:a");
        assertThat(counted("velo.redis.records_skipped")).isOne();
        assertThat(counted("velo.redis.records_superseded")).isOne();
        assertThat(counted("numRecordsSend")).isOne();
    }

    @Test
    void refusesDeadLettersThatWouldOverwriteEachOther() {
        assertThatThrownBy(
                        () ->
                                insert(
                                        "failure_strategy=send-to-dlq&dlq_uri="
                                                + server.uri()
                                                + "/3?key_pattern=dead:{code}",
                                        1))
                .hasStackTraceContaining("lacks {id}");
    }

    @Test
    void holdsAllSubtasksTogetherToTheRateLimit() throws Exception {
        long start = System.nanoTime();
        insert("rate_limit=400", 800);

        assertThat(redis.keys("r:*")).hasSize(800);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(1800));
        assertThat(counted("velo.redis.rate_limit_wait_ms")).isPositive();
    }

    @Test
    void followsTheBatchStrategy() throws Exception {
        insert("batch_strategy=low_latency", 50);

        assertThat(redis.keys("r:*")).hasSize(50);
        assertThat(counted("velo.redis.trigger.rows.flushes")).isEqualTo(50);
    }

    @Test
    void aCancelWhileTheServerIsAwayWaitsNeitherForARetryNorForFlinksWatchdog() throws Exception {
        String nobody = "redis://127.0.0.1:" + freePort();
        tables.executeSql(
                "CREATE TEMPORARY TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                        + "'uri'='"
                        + nobody
                        + "?key_pattern=r:{id}&retry_initial_delay=10min&retry_max_delay=10min')");
        numbers(1_000_000);
        JobClient client = submit("INSERT INTO t SELECT n, 'x' FROM numbers");
        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(counted("velo.redis.class.transient.retries")).isPositive());

        CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
        client.cancel();

        assertThat(result)
                .failsWithin(Duration.ofSeconds(25))
                .withThrowableThat()
                .withStackTraceContaining("JobCancellationException");
    }

    private String letters() {
        return server.uri() + "/3?key_pattern%3Ddead:{id}%26type%3Dhash";
    }

    private void insert(String parameters, int rows) throws Exception {
        table("key_pattern=r:{id}&type=hash&" + parameters);
        numbers(rows);
        await("INSERT INTO t SELECT n, 'x' FROM numbers");
    }

    private void await(String statement) throws Exception {
        submit(statement).getJobExecutionResult().get();
    }

    private JobClient submit(String statement) {
        JobClient client = tables.executeSql(statement).getJobClient().orElseThrow();
        job = client.getJobID();
        return client;
    }

    private void table(String parameters) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                        + "'uri'='"
                        + server.uri()
                        + "/3?"
                        + parameters
                        + "')");
    }

    private void numbers(int rows) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='100000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='"
                        + rows
                        + "')");
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

    private StreamTableEnvironment session() {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "100ms");
        return StreamTableEnvironment.create(
                StreamExecutionEnvironment.getExecutionEnvironment(configuration));
    }

    private static int freePort() {
        // Outgoing connections never have such a port.
        try (ClaimedPort port = ClaimedPort.any()) {
            return port.number();
        }
    }
}
