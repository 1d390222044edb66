// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of records that are no rows, and of rows that Kafka does not take. */
class KafkaBadRecordsITCase {

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    /** A cluster that outlives its jobs, so that their counters can be read at their end. */
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                            .build());

    private static final String CANARY = "VELOCANARY";

    private final ObjectMapper json = new ObjectMapper();
    private final KafkaServer kafka = RequiredServer.kafka();
    private StreamTableEnvironment tables;
    private JobID job;

    @BeforeEach
    void session() {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "100ms");
        tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(configuration));
    }

    private TestTopic topic(int partitions) throws Exception {
        return TestTopic.create(kafka.bootstrapServers(), "bad", partitions);
    }

    private void table(String name, TestTopic topic, String options) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE "
                        + name
                        + " (id BIGINT, name STRING) WITH ('connector'='velo', 'uri'='"
                        + topic.uri("?offset=earliest&end=latest")
                        + "'"
                        + options
                        + ")");
    }

    private List<Row> rows(String query) throws Exception {
        TableResult result = tables.executeSql(query);
        job = result.getJobClient().orElseThrow().getJobID();
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator = result.collect()) {
            iterator.forEachRemaining(rows::add);
        }
        return rows;
    }

    private void insert(String statement) throws Exception {
        JobClient client = tables.executeSql(statement).getJobClient().orElseThrow();
        job = client.getJobID();
        client.getJobExecutionResult().get();
    }

    @Test
    void failsWithThePositionAndWithoutTheData() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1}", "{\"id\":\"" + CANARY + "\"}");
        table("t", topic, "");

        assertThatThrownBy(() -> rows("SELECT * FROM t"))
                .hasStackTraceContaining("VELO-SCH-005")
                .hasStackTraceContaining("The record " + topic.name() + "-0@1 is not a row")
                .satisfies(
                        thrown -> {
                            for (Throwable t = thrown; t != null; t = t.getCause()) {
                                assertThat(t.toString()).doesNotContain(CANARY);
                            }
                        });
    }

    @Test
    void leavesRecordsOutAllOrNothingAndCountsThem() throws Exception {
        TestTopic topic =
                topic(2).put(
                                "{\"id\":1}",
                                "no",
                                "[{\"id\":2},{\"id\":3}]",
                                "[{\"id\":4},{\"id\":{}}]")
                        .put(1, "{\"id\":5}", "{");
        table("t", topic, ", 'source.failure.strategy'='log-and-continue'");

        assertThat(rows("SELECT id FROM t"))
                .extracting(row -> row.getField(0))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 5L);
        assertThat(counted("velo.kafka.records_skipped")).isEqualTo(3);
        assertThat(counted("numRecordsInErrors")).isEqualTo(3);
    }

    @Test
    void writesADeadLetterWithTheBytesOfARecordThatIsNoRow() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1}").write(0, "k", "\u00e9 no").put("{\"id\":2}");
        TestTopic dead = topic(1);
        table("t", topic, ", 'failure.strategy'='send-to-dlq', 'dlq.uri'='" + dead.uri("") + "'");

        assertThat(rows("SELECT id FROM t"))
                .extracting(row -> row.getField(0))
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(dead.records()).hasSize(1);
        JsonNode letter = json.readTree(dead.records().get(0).value());
        assertThat(letter.get("role").asText()).isEqualTo("source");
        assertThat(letter.get("stage").asText()).isEqualTo("decode");
        assertThat(letter.get("category").asText()).isEqualTo("parsing");
        assertThat(letter.get("code").asText()).isEqualTo("VELO-SCH-005");
        assertThat(letter.get("position").asText()).isEqualTo(topic.name() + "-0@1");
        assertThat(decoded(letter, "key")).isEqualTo("k");
        assertThat(decoded(letter, "value")).isEqualTo("\u00e9 no");
        assertThat(letter.get("headers").asText())
                .contains("\"topic\":\"" + topic.name() + "\"")
                .contains("\"partition\":\"0\"")
                .contains("\"offset\":\"1\"");
        assertThat(letter.get("format").asText()).isEqualTo("json");
        tables.executeSql(
                "CREATE TEMPORARY TABLE letters (failed_at TIMESTAMP_LTZ(3) NOT NULL, attempt INT"
                        + " NOT NULL, `key` BYTES, `value` BYTES) WITH ('connector'='velo', 'uri'='"
                        + dead.uri("?offset=earliest&end=latest")
                        + "')");
        assertThat(
                        rows(
                                "SELECT failed_at > TO_TIMESTAMP_LTZ(0, 3), attempt,"
                                        + " DECODE(`key`, 'UTF-8'), DECODE(`value`, 'UTF-8') FROM"
                                        + " letters"))
                .containsExactly(Row.of(true, 1, "k", "\u00e9 no"));
    }

    @Test
    void writesDeadLettersOfABackTickedUri() throws Exception {
        TestTopic topic = topic(1).put("no", "{\"id\":1}");
        TestTopic dead = topic(1);
        tables.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        tables.executeSql("USE CATALOG velo");

        assertThat(
                        rows(
                                "SELECT id FROM `"
                                        + topic.uri(
                                                "?offset=earliest&end=latest&columns=id BIGINT"
                                                        + "&failure_strategy=send-to-dlq&dlq_uri="
                                                        + dead.uri(""))
                                        + "`"))
                .hasSize(1);
        assertThat(dead.records()).hasSize(1);
    }

    @Test
    void rowsInAreRowsOutAndLeftOutAndDeadLettered() throws Exception {
        int records = 3_000;
        TestTopic topic = topic(2);
        TestTopic dead = topic(1);
        try (BulkWriter writer = new BulkWriter(kafka.bootstrapServers(), topic.name())) {
            for (int i = 0; i < records; i++) {
                writer.write(i % 2, i % 100 == 7 ? "poison " + i : "{\"id\":" + i + "}");
            }
        }
        table("t", topic, ", 'failure.strategy'='send-to-dlq', 'dlq.uri'='" + dead.uri("") + "'");

        assertThat(rows("SELECT id FROM t")).hasSize(records - records / 100);
        assertThat(dead.records()).hasSize(records / 100);
        assertThat(dead.records())
                .extracting(r -> json.readTree(r.value()).get("position").asText())
                .doesNotHaveDuplicates();
        assertThat(counted("velo.kafka.dlq_records")).isEqualTo(records / 100);
        assertThat(counted("velo.kafka.records_skipped")).isZero();
    }

    @Test
    void aRowThatIsTooLargeForTheClientOrTheTopicGoesToDeadLetters() throws Exception {
        TestTopic topic = topic(1);
        topic.limitRecordsTo(20_000);
        TestTopic dead = topic(1);
        table(
                "t",
                topic,
                ", 'max_request_size'='50000', 'sink.failure.strategy'='send-to-dlq',"
                        + " 'dlq.max-message-bytes'='1kb', 'sink.dlq.uri'='"
                        + dead.uri("")
                        + "'");

        insert(
                "INSERT INTO t SELECT id, REPEAT('x', n) FROM (VALUES (CAST(1 AS BIGINT), 5),"
                        + " (CAST(2 AS BIGINT), 30000), (CAST(3 AS BIGINT), 90000),"
                        + " (CAST(4 AS BIGINT), 10)) AS v (id, n)");

        assertThat(topic.records())
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"name\":\"xxxxx\"}", "{\"id\":4,\"name\":\"xxxxxxxxxx\"}");
        assertThat(dead.records()).hasSize(2);
        JsonNode letter = json.readTree(dead.records().get(0).value());
        assertThat(letter.get("role").asText()).isEqualTo("sink");
        assertThat(letter.get("stage").asText()).isEqualTo("write");
        assertThat(letter.get("category").asText()).isEqualTo("permanent");
        assertThat(letter.get("headers").asText()).contains("\"row-kind\":\"+I\"");
        assertThat(counted("numRecordsSend")).isEqualTo(2);
        assertThat(counted("velo.kafka.dlq_records")).isEqualTo(2);
        assertThat(counted("numRecordsSendErrors")).isEqualTo(2);
    }

    @Test
    void aRowWithoutAFormInTheFormatIsLeftOut() throws Exception {
        TestTopic topic = topic(1);
        tables.executeSql(
                "CREATE TEMPORARY TABLE t (m MAP<STRING, INT>) WITH ('connector'='velo', 'uri'='"
                        + topic.uri("?failure_strategy=log-and-continue")
                        + "')");

        insert("INSERT INTO t VALUES (MAP['a', 1]), (MAP[CAST(NULL AS STRING), 2]), (MAP['b', 3])");

        assertThat(topic.records())
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder("{\"m\":{\"a\":1}}", "{\"m\":{\"b\":3}}");
        assertThat(counted("velo.kafka.records_skipped")).isOne();
        assertThat(counted("numRecordsSend")).isEqualTo(2);
    }

    @Test
    void holdsAllSubtasksTogetherToTheRateLimit() throws Exception {
        TestTopic topic = topic(1);
        tables.executeSql(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='100000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='800')");
        table("t", topic, ", 'rate-limit'='400'");

        long start = System.nanoTime();
        insert("INSERT INTO t SELECT n, 'x' FROM numbers");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(1800));
        assertThat(topic.records()).hasSize(800);
        assertThat(counted("velo.kafka.rate_limit_wait_ms")).isPositive();
    }

    private static String decoded(JsonNode letter, String field) {
        return new String(
                Base64.getDecoder().decode(letter.get(field).asText()), StandardCharsets.UTF_8);
    }

    /** The sum of a counter of the job's subtasks, by the end of its name. */
    private long counted(String name) {
        return REPORTER.getMetricsByGroup().entrySet().stream()
                .filter(
                        group ->
                                job.toHexString()
                                        .equals(group.getKey().getAllVariables().get("<job_id>")))
                .flatMap(
                        group ->
                                group.getValue().entrySet().stream()
                                        .filter(metric -> isCalled(group.getKey(), metric, name)))
                .mapToLong(metric -> ((Counter) metric.getValue()).getCount())
                .sum();
    }

    private static boolean isCalled(
            MetricGroup group, Map.Entry<String, Metric> metric, String name) {
        String identifier = group.getMetricIdentifier(metric.getKey());
        return identifier.endsWith("." + name) && !identifier.contains(".dlq.");
    }
}
