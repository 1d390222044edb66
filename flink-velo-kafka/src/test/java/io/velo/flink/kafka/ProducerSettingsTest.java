// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How retries and batches become settings of Kafka's producer. */
class ProducerSettingsTest {

    private static Map<String, String> map(String parameters) {
        return Delegation.of(Requests.of("kafka://b1/orders?" + parameters).sink()).options();
    }

    @Test
    void retriesAreTheProducersOwn() {
        assertThat(map("retry_timeout=30s&retry_initial_delay=50ms&retry_max_delay=2s"))
                .containsEntry("properties.delivery.timeout.ms", "30000")
                .containsEntry("properties.retry.backoff.ms", "50")
                .containsEntry("properties.retry.backoff.max.ms", "2000");
        assertThat(map("retry_strategy=fixed&retry_initial_delay=1s"))
                .containsEntry("properties.retry.backoff.ms", "1000")
                .containsEntry("properties.retry.backoff.max.ms", "1000");
    }

    @Test
    void batchesAreTheProducersOwn() {
        assertThat(map("batch_strategy=mega_batch&batch_timeout=200ms&max_in_flight=3"))
                .containsEntry("properties.batch.size", "1000000")
                .containsEntry("properties.linger.ms", "200")
                .containsEntry("properties.max.in.flight.requests.per.connection", "3");
        assertThat(map("batch_strategy=low_latency")).containsEntry("properties.linger.ms", "0");
        assertThat(map("batch_strategy=time_window")).containsEntry("properties.linger.ms", "1000");
        assertThat(map("batch_strategy=low_latency&linger_ms=7"))
                .containsEntry("properties.linger.ms", "7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry_strategy=none | cannot try again by",
                "retry_strategy=linear | cannot try again by",
                "retry_timeout=1s&delivery_timeout_ms=1000 | same setting of Kafka's producer",
                "batch_strategy=adaptive_size | no batches by",
                "batch_strategy=memory_based | no batches by",
                "max_in_flight=6 | could reorder rows"
            })
    void whatTheProducerCannotDoIsRefused(String parameters, String sentence) {
        assertThatThrownBy(() -> map(parameters))
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining(sentence);
    }

    @Test
    void aStrategyThatTheFormatWouldBypassIsRefused() {
        assertThatThrownBy(
                        () ->
                                new KafkaScheme()
                                        .source(
                                                Requests.of("kafka://b1/orders")
                                                        .with("failure.strategy", "LogAndContinue")
                                                        .with("json.ignore-parse-errors", "true")
                                                        .source()))
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("json.ignore-parse-errors");
    }

    @Test
    void deadLettersNeedATarget() {
        assertThatThrownBy(
                        () ->
                                new KafkaScheme()
                                        .sink(
                                                Requests.of("kafka://b1/orders")
                                                        .with("failure.strategy", "send-to-dlq")
                                                        .sink()))
                .hasMessageContaining("VELO-OPT-003")
                .hasMessageContaining("'dlq.uri' is not given");
    }

    @Test
    void aTransactionHasNoRowsLeftOut() {
        assertThatThrownBy(() -> runtime("sink.delivery-guarantee", "exactly-once"))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("ends the whole transaction");
        assertThatThrownBy(() -> runtime("batch-size", "10"))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("holds rows back");
    }

    private static void runtime(String option, String value) {
        new KafkaScheme()
                .sink(
                        Requests.of("kafka://b1/orders?upsert=true&key_format=json")
                                .primaryKey("id")
                                .with("sink.failure.strategy", "log-and-continue")
                                .with(option, value)
                                .sink())
                .getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
    }

    @Test
    void deadLettersAreNotWrittenInTransactions() {
        assertThatThrownBy(
                        () ->
                                new KafkaScheme()
                                        .deadLetters(
                                                Requests.of("kafka://b1/dead")
                                                        .with(
                                                                "sink.delivery-guarantee",
                                                                "exactly-once")
                                                        .sink()))
                .hasMessageContaining("Dead letters cannot be written exactly once");
    }
}
