// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka tells its clients where to come back to: to the proxy, if they came through it. */
@Timeout(400)
class KafkaBehindProxyITCase {

    @Test
    void staysBehindItsProxyAndSendsAgainWhatGotNoAnswer() throws Exception {
        try (KafkaServer kafka = RequiredServer.started(KafkaServer.createBehindProxy());
                FaultProxy proxy = FaultProxy.between(kafka.proxyPort(), kafka.proxiedPort());
                KafkaProducer<String, String> producer = producer(proxy.port())) {
            assertThat(send(producer, "a").offset()).isZero();
            long connections = proxy.connections();
            assertThat(connections).isPositive();

            proxy.cutAfter(Way.TO_CLIENT, 0);
            assertThat(send(producer, "b").offset()).isEqualTo(1);
            Await.until(() -> proxy.cuts() == 1);
            Await.until(() -> proxy.connections() > connections);

            proxy.refuse();
            proxy.reset();
            // A client that has lost all its brokers may forget the topic: its send then waits too.
            CompletableFuture<RecordMetadata> waiting =
                    CompletableFuture.supplyAsync(() -> sendUnchecked(producer, "c"));
            assertThat(waiting).isNotDone();
            proxy.accept();
            assertThat(waiting.get(180, TimeUnit.SECONDS).offset()).isEqualTo(2);
        }
    }

    private static RecordMetadata send(KafkaProducer<String, String> producer, String value)
            throws Exception {
        return producer.send(new ProducerRecord<>("t", value)).get(120, TimeUnit.SECONDS);
    }

    private static RecordMetadata sendUnchecked(
            KafkaProducer<String, String> producer, String value) {
        try {
            return send(producer, value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaProducer<String, String> producer(int port) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }
}
