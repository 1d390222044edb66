// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.scheme.TableRequest;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkOptionsTest {

    private static Map<String, String> map(Requests request) {
        return Delegation.of(request.sink()).options();
    }

    @Test
    void aBareUriHasExactlyTheseOptions() {
        assertThat(map(Requests.of("kafka://b1,b2:9093/orders")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("connector", "kafka"),
                                Map.entry("properties.bootstrap.servers", "b1:9092,b2:9093"),
                                Map.entry("properties.security.protocol", "PLAINTEXT"),
                                Map.entry("topic", "orders"),
                                Map.entry("sink.delivery-guarantee", "at-least-once"),
                                Map.entry("value.format", "json"),
                                Map.entry("value.json.timestamp-format.standard", "ISO-8601"),
                                Map.entry("value.fields-include", "ALL")));
    }

    @Test
    void everyProducedKeyIsOneThatFlinksConnectorKnows() {
        TableRequest request =
                Requests.of("kafka://b1/orders?linger_ms=20&acks=all&compression_type=zstd")
                        .with("format", "csv")
                        .with("key-format", "raw")
                        .with("key-fields", "name")
                        .with("csv.disable-quote-character", "true")
                        .with("partitioner", "default")
                        .with("parallelism", "2")
                        .with("batch-bytes", "64kb")
                        .with("sink.delivery-guarantee", "exactly-once")
                        .with("txn-prefix", "mine")
                        .with("transaction.timeout.ms", "600000")
                        .set("execution.checkpointing.interval", "30 s")
                        .sink();

        assertThat(Delegation.of(request).options())
                .containsEntry("properties.linger.ms", "20")
                .containsEntry("properties.acks", "all")
                .containsEntry("properties.compression.type", "zstd")
                .containsEntry("properties.batch.size", "65536")
                .containsEntry("properties.transaction.timeout.ms", "600000")
                .containsEntry("sink.transactional-id-prefix", "mine")
                .containsEntry("sink.transaction-naming-strategy", "POOLING")
                .containsEntry("sink.delivery-guarantee", "exactly-once")
                .containsEntry("sink.partitioner", "default")
                .containsEntry("sink.parallelism", "2")
                .containsEntry("value.csv.disable-quote-character", "true");
        assertThat(new KafkaScheme().sink(request)).isNotNull();
    }

    @Test
    void anUpsertTableBuffersByRowsAndTime() {
        Requests request =
                Requests.of("kafka://b1/orders?upsert=true&key_format=json").primaryKey("id");

        assertThat(map(request.with("batch-size", "50")))
                .containsEntry("connector", "upsert-kafka")
                .containsEntry("sink.buffer-flush.max-rows", "50")
                .containsEntry("sink.buffer-flush.interval", "1000 ms");
        assertThat(map(request.with("batch-timeout", "5s")))
                .containsEntry("sink.buffer-flush.interval", "5000 ms");
        assertThat(new KafkaScheme().sink(request.sink())).isNotNull();
    }

    @Test
    void batchTimeoutOfAPlainTableIsKafkasLinger() {
        assertThat(map(Requests.of("kafka://b1/orders").with("batch-timeout", "5s")))
                .containsEntry("properties.linger.ms", "5000");
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders").with("batch-size", "5")))
                .hasMessageContaining("batch-bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka://b1/~orders-.*", "kafka://b1/orders,returns"})
    void moreThanOneTopicCannotBeWritten(String uri) {
        assertThatThrownBy(() -> map(Requests.of(uri))).hasMessageContaining("VELO-CAP-002");
    }

    @Test
    void exactlyOnceHasADefaultPrefixAndATimeoutThatBrokersAllow() {
        assertThat(
                        map(
                                Requests.of("kafka://b1/orders")
                                        .with("sink.delivery-guarantee", "exactly-once")
                                        .set("execution.checkpointing.interval", "1 min")))
                .containsEntry("sink.transactional-id-prefix", "velo-cat.db.orders")
                .containsEntry("properties.transaction.timeout.ms", "900000");
    }

    @Test
    void aTransactionTimeoutThatACheckpointExceedsIsRefused() {
        Requests request =
                Requests.of("kafka://b1/orders")
                        .with("sink.delivery-guarantee", "exactly-once")
                        .set("execution.checkpointing.interval", "15 min");

        assertThatThrownBy(() -> map(request)).hasMessageContaining("transaction_timeout_ms");
        assertThat(map(request.with("transaction_timeout_ms", "3600000"))).isNotEmpty();
    }

    @Test
    void exactlyOnceWithoutCheckpointsIsAWarning() {
        Requests request =
                Requests.of("kafka://b1/orders").with("sink.delivery-guarantee", "exactly-once");

        assertThat(map(request)).isNotEmpty();
        assertThatThrownBy(() -> map(request.with("strict", "true")))
                .hasMessageContaining("execution.checkpointing.interval");
    }

    @Test
    void aTransactionPrefixWithoutExactlyOnceIsRefused() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders").with("txn-prefix", "x")))
                .hasMessageContaining("exactly-once");
    }

    @Test
    void aPartitionerThatSpreadsKeysIsRefused() {
        assertThat(map(Requests.of("kafka://b1/orders?partitioner=round-robin")))
                .containsEntry("sink.partitioner", "round-robin");
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://b1/orders?partitioner=fixed")
                                                .primaryKey("id")))
                .hasMessageContaining("partitioner");
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?partitioner=com.example.Mine")))
                .hasMessageContaining("VELO-OPT-001");
    }

    @Test
    void preservingTimestampsNeedsTheColumn() {
        Column time = Column.metadata("ts", DataTypes.TIMESTAMP_LTZ(3), "timestamp", false);
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://b1/orders")
                                                .with("preserve-timestamps", "true")))
                .hasMessageContaining("METADATA FROM 'timestamp'");
        assertThat(
                        map(
                                Requests.of("kafka://b1/orders")
                                        .with("preserve-timestamps", "true")
                                        .column("id", DataTypes.BIGINT())
                                        .column(time)))
                .isNotEmpty();
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://b1/orders")
                                                .with("preserve-timestamps", "false")
                                                .column("id", DataTypes.BIGINT())
                                                .column(time)))
                .hasMessageContaining("VIRTUAL");
    }

    @Test
    void keysOfTheOtherRolesClientAreLeftOut() {
        Requests request = Requests.of("kafka://b1/orders?fetch_min_bytes=1024&linger_ms=5");

        assertThat(map(request))
                .containsEntry("properties.linger.ms", "5")
                .doesNotContainKey("properties.fetch.min.bytes");
        assertThat(
                        Delegation.of(
                                        Requests.of(
                                                        "kafka://b1/orders?fetch_min_bytes=1024&linger_ms=5")
                                                .source())
                                .options())
                .containsEntry("properties.fetch.min.bytes", "1024")
                .doesNotContainKey("properties.linger.ms");
    }

    @Test
    void acksThatLoseRowsAreAWarning() {
        assertThatThrownBy(
                        () -> map(Requests.of("kafka://b1/orders?acks=1").with("strict", "true")))
                .hasMessageContaining("acks=1");
    }
}
