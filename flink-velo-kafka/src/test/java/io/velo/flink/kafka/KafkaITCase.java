// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Sql.cluster();

    private static KafkaServer kafka;

    @BeforeAll
    static void start() {
        kafka = RequiredServer.kafka();
    }

    private static TestTopic topic(int partitions) throws Exception {
        return TestTopic.create(kafka.bootstrapServers(), "t", partitions);
    }

    @Test
    void aUriInBackTicksIsATableWithItsColumns() throws Exception {
        TestTopic topic =
                topic(2).put(0, "{\"id\":1,\"name\":\"a\",\"price\":1.5}")
                        .put(1, "{\"id\":2,\"name\":\"b\"}");

        assertThat(Sql.batch().texts("SELECT * FROM `" + topic.uri("") + "`"))
                .containsExactlyInAnyOrder("+I[1, a, 1.5]", "+I[2, b, null]");
        assertThat(Sql.batch().texts("SELECT name FROM `" + topic.uri("") + "` WHERE id > 1"))
                .containsExactly("+I[b]");
    }

    @Test
    void everyBrokerOfTheUriIsTried() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1}");
        String uri = topic.uri("").replace("kafka://", "kafka://127.0.0.1:9,");

        assertThat(Sql.batch().texts("SELECT * FROM `" + uri + "`")).containsExactly("+I[1]");
    }

    @Test
    void rowsThatAreWrittenAreReadBackWithTheirMetadata() throws Exception {
        TestTopic topic = topic(1);
        // The broker throws away what is older than its retention time.
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Sql sql = Sql.batch();
        sql.run(
                "CREATE TABLE t (id BIGINT, made TIMESTAMP(3), tags ARRAY<STRING>,"
                        + " `record_time` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',"
                        + " `partition` INT METADATA VIRTUAL, `offset` BIGINT METADATA VIRTUAL)"
                        + " WITH ('connector'='velo', 'preserve-timestamps'='true',"
                        + " 'key-fields'='id', 'uri'='"
                        + topic.uri("")
                        + "')");
        sql.run(
                "INSERT INTO t SELECT CAST(1 AS BIGINT), TIMESTAMP '2025-01-01 10:00:00.5',"
                        + " ARRAY['x'], TO_TIMESTAMP_LTZ("
                        + now.toEpochMilli()
                        + ", 3)");

        ConsumerRecord<String, String> record = topic.records().get(0);
        assertThat(record.key()).isEqualTo("{\"id\":1}");
        assertThat(record.value())
                .isEqualTo("{\"id\":1,\"made\":\"2025-01-01T10:00:00.5\",\"tags\":[\"x\"]}");
        assertThat(record.timestamp()).isEqualTo(now.toEpochMilli());
        assertThat(sql.texts("SELECT * FROM t"))
                .containsExactly("+I[1, 2025-01-01T10:00:00.500, [x], " + now + ", 0, 0]");
        assertThat(sql.texts("SELECT * FROM `" + topic.uri("") + "`"))
                .containsExactly("+I[1, 2025-01-01T10:00:00.500, [x]]");
    }

    @Test
    void anUpsertTableIsAVersionedTableOfATemporalJoin() throws Exception {
        long start = 1735689600000L;
        TestTopic rates =
                topic(1).write(0, "{\"cur\":\"EUR\"}", rate(start, 1))
                        .write(0, "{\"cur\":\"EUR\"}", rate(start + 60_000, 2));
        TestTopic orders =
                topic(1).put(
                                "{\"cur\":\"EUR\",\"ts\":" + (start + 30_000) + "}",
                                "{\"cur\":\"EUR\",\"ts\":" + (start + 90_000) + "}");
        String options = "event_time_field=ts&end=latest";

        assertThat(
                        Sql.streaming()
                                .texts(
                                        "SELECT o.ts, r.rate FROM `"
                                                + orders.uri("?offset=earliest&" + options)
                                                + "` AS o JOIN `"
                                                + rates.uri("?primary_key=cur&" + options)
                                                + "` FOR SYSTEM_TIME AS OF o.ts AS r"
                                                + " ON o.cur = r.cur"))
                .containsExactly("+I[2025-01-01T00:00:30Z, 1]", "+I[2025-01-01T00:01:30Z, 2]");
    }

    private static String rate(long time, int rate) {
        return "{\"cur\":\"EUR\",\"ts\":" + time + ",\"rate\":" + rate + "}";
    }

    @Test
    void offsetsBoundWhatIsRead() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":0}", "{\"id\":1}", "{\"id\":2}", "{\"id\":3}");

        assertThat(
                        Sql.streaming()
                                .texts("SELECT * FROM `" + topic.uri("?offset=0:1&end=0:3") + "`"))
                .containsExactly("+I[1]", "+I[2]");
    }

    @Test
    void anUpsertTableKeepsTheNewestRowOfEachKeyAndForgetsTombstones() throws Exception {
        TestTopic topic =
                topic(1).write(0, "{\"id\":1}", "{\"id\":1,\"name\":\"a\"}")
                        .write(0, "{\"id\":2}", "{\"id\":2,\"name\":\"b\"}")
                        .write(0, "{\"id\":1}", "{\"id\":1,\"name\":\"c\"}")
                        .write(0, "{\"id\":2}", null);
        Sql sql = Sql.streaming();
        String uri = topic.uri("?upsert=true&key_format=json&end=latest&primary_key=id");

        assertThat(sql.texts("SELECT * FROM `" + uri + "`"))
                .containsExactly("+I[1, a]", "+I[2, b]", "-U[1, a]", "+U[1, c]", "-D[2, b]");
    }

    @Test
    void aDeletedRowIsWrittenAsATombstone() throws Exception {
        TestTopic source = topic(1).put("{\"name\":\"a\"}", "{\"name\":\"b\"}", "{\"name\":\"a\"}");
        TestTopic target = topic(1);
        Sql sql = Sql.streaming();
        sql.run(
                "CREATE TABLE single (name STRING, n BIGINT, PRIMARY KEY (name) NOT ENFORCED) WITH"
                        + " ('connector'='velo', 'uri'='"
                        + target.uri("")
                        + "')");
        sql.run(
                "INSERT INTO single SELECT name, COUNT(*) FROM `"
                        + source.uri("?offset=earliest&end=latest")
                        + "` GROUP BY name HAVING COUNT(*) < 2");

        List<ConsumerRecord<String, String>> records = target.records();
        assertThat(records)
                .extracting(ConsumerRecord::key)
                .containsExactly("{\"name\":\"a\"}", "{\"name\":\"b\"}", "{\"name\":\"a\"}");
        assertThat(records.get(0).value()).isEqualTo("{\"name\":\"a\",\"n\":1}");
        assertThat(records.get(2).value()).isNull();
    }

    @Test
    void eventTimeWindowsWorkOverDiscoveredColumns() throws Exception {
        TestTopic topic =
                topic(1).put(
                                "{\"ts\":1735689600000,\"delay\":10}",
                                "{\"ts\":1735689630000,\"delay\":20}",
                                "{\"ts\":1735689660000,\"delay\":40}");
        String uri = topic.uri("?offset=earliest&end=latest&event_time_field=ts");

        assertThat(
                        Sql.streaming()
                                .texts(
                                        "SELECT window_start, COUNT(*), MAX(delay) FROM TABLE("
                                                + "TUMBLE(TABLE `"
                                                + uri
                                                + "`, DESCRIPTOR(ts),"
                                                + " INTERVAL '1' MINUTE))"
                                                + " GROUP BY window_start, window_end"))
                .containsExactly("+I[2025-01-01T00:00, 2, 20]", "+I[2025-01-01T00:01, 1, 40]");
    }

    @Test
    void anEventTimeInAPatternIsDecoded() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1,\"stamp\":\"31/12/2024 23:59:59\"}");
        String uri =
                topic.uri(
                        "?offset=earliest&end=latest&event_time_field=stamp"
                                + "&event_time_format=%25d/%25m/%25Y %25H:%25M:%25S");

        assertThat(Sql.streaming().texts("SELECT id, stamp FROM `" + uri + "`"))
                .containsExactly("+I[1, 2024-12-31T23:59:59Z]");
    }

    @Test
    void exactlyOnceRowsAreVisibleOnceTheyAreCommitted() throws Exception {
        TestTopic source = topic(1).put("{\"id\":1}", "{\"id\":2}");
        TestTopic target = topic(1);
        Sql sql = Sql.streaming().set("execution.checkpointing.interval", "200 ms");
        sql.run(
                "CREATE TABLE t (id BIGINT) WITH ('connector'='velo', 'uri'='"
                        + target.uri("")
                        + "', 'sink.delivery-guarantee'='exactly-once')");
        sql.run("INSERT INTO t SELECT * FROM `" + source.uri("?offset=earliest&end=latest") + "`");

        assertThat(target.records())
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(Sql.batch().texts("SELECT * FROM `" + target.uri("") + "`"))
                .containsExactly("+I[1]", "+I[2]");
    }

    @Test
    void aCatalogOfTheBrokersShowsTheirTopics() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":7,\"amount\":120}");
        Sql sql = Sql.browsing(kafka.uri());

        assertThat(sql.texts("SHOW TABLES")).contains("+I[" + topic.name() + "]");
        assertThat(
                        sql.texts(
                                "SELECT * FROM velo.`default`.`"
                                        + topic.name()
                                        + "` WHERE amount > 100"))
                .containsExactly("+I[7, 120]");
    }

    @Test
    void aLookupJoinIsRefusedWithTheStandardSentence() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1}");
        String uri = topic.uri("?offset=earliest");

        assertThatThrownBy(
                        () ->
                                Sql.streaming()
                                        .rows(
                                                "SELECT o.id FROM (SELECT id, PROCTIME() AS p FROM `"
                                                        + uri
                                                        + "`) AS o JOIN `"
                                                        + topic.uri("")
                                                        + "` FOR SYSTEM_TIME AS OF o.p AS c ON o.id"
                                                        + " = c.id"))
                .hasStackTraceContaining("Scheme 'kafka' cannot be used in a lookup join.");
    }

    @Test
    void rawTextNeedsItsColumnAndIsReadAsItIs() throws Exception {
        TestTopic topic = topic(1).put("hello");

        assertThat(
                        Sql.batch()
                                .texts(
                                        "SELECT * FROM `"
                                                + topic.uri("?format=raw&columns=line STRING")
                                                + "`"))
                .containsExactly("+I[hello]");
    }
}
