// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes many records to one topic. */
final class BulkWriter implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final String topic;

    BulkWriter(String brokers, String topic) {
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers),
                        new StringSerializer(),
                        new StringSerializer());
        this.topic = topic;
    }

    void write(int partition, String value) {
        producer.send(new ProducerRecord<>(topic, partition, null, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
