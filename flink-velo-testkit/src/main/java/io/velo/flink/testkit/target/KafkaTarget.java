// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka topic of changes by key, in JSON: the last value of each key is its row. */
public final class KafkaTarget implements SinkTarget {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaServer server = KafkaServer.createBehindProxy();
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public String scheme() {
        return "kafka";
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public FaultProxy openProxy() {
        return FaultProxy.between(server.proxyPort(), server.proxiedPort());
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of(
                "uri", "kafka://127.0.0.1:" + port + "/" + table, "request.timeout.ms", "5000");
    }

    @Override
    public List<Version> read(String table) throws IOException {
        Map<String, Version> rows = new LinkedHashMap<>();
        TopicPartition partition = new TopicPartition(table, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", server.bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> change : consumer.poll(POLL)) {
                    if (change.value() == null) {
                        rows.remove(change.key());
                    } else {
                        rows.put(change.key(), row(json.readTree(change.value())));
                    }
                }
            }
        }
        return new ArrayList<>(rows.values());
    }

    private static Version row(JsonNode fields) {
        return new Version(
                fields.get("id").asLong(),
                fields.get("writer").asInt(),
                fields.get("seq").asLong(),
                fields.get("payload").asText(),
                fields.get("balance").asLong());
    }

    @Override
    public boolean asksForPassword() {
        return false;
    }

    @Override
    public Duration requestTimeout() {
        // The client tries the other connections of a node first.
        return Duration.ofSeconds(10);
    }
}
