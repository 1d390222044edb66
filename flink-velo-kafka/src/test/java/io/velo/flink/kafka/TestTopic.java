// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic of a test's own, filled and read with Kafka's own clients. */
final class TestTopic {

    private final String brokers;
    private final String name;
    private final int partitions;

    private TestTopic(String brokers, String name, int partitions) {
        this.brokers = brokers;
        this.name = name;
        this.partitions = partitions;
    }

    /** A new empty topic with a name that starts like this. */
    static TestTopic create(String brokers, String prefix, int partitions) throws Exception {
        TestTopic topic =
                new TestTopic(
                        brokers,
                        prefix + "-" + UUID.randomUUID().toString().substring(0, 8),
                        partitions);
        topic.create();
        return topic;
    }

    /** A topic that does not exist yet. */
    static TestTopic absent(String brokers, String name) {
        return new TestTopic(brokers, name, 1);
    }

    void create() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) brokers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
            // The controller has made it; the broker hears of it a moment later.
            Await.untilHolds(() -> assertKnown(admin));
        }
    }

    private void assertKnown(Admin admin) throws Exception {
        try {
            TopicDescription topic =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            assertThat(topic.partitions())
                    .hasSize(partitions)
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new AssertionError(e);
            }
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** {@code kafka://brokers/topic} with this behind it. */
    String uri(String query) {
        return "kafka://" + brokers + "/" + name + query;
    }

    /** Writes values into the first partition. */
    TestTopic put(String... values) {
        return put(0, values);
    }

    TestTopic put(int partition, String... values) {
        for (String value : values) {
            write(partition, null, value);
        }
        return this;
    }

    /**
     * Writes one record.
     *
     * @param value null for a tombstone
     */
    TestTopic write(int partition, String key, String value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(name, partition, bytes(key), bytes(value)));
        }
        return this;
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Has the broker reject larger records. */
    void limitRecordsTo(int bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) brokers))) {
            AlterConfigOp limit =
                    new AlterConfigOp(
                            new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                            AlterConfigOp.OpType.SET);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
            Await.untilHolds(
                    () ->
                            assertThat(
                                            admin.describeConfigs(List.of(topic))
                                                    .all()
                                                    .get()
                                                    .get(topic)
                                                    .get(limit.configEntry().name())
                                                    .value())
                                    .isEqualTo(limit.configEntry().value()));
        }
    }

    /** Every committed record, partition by partition. */
    List<ConsumerRecord<String, String>> records() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition place = new TopicPartition(name, partition);
                consumer.assign(List.of(place));
                consumer.seekToBeginning(List.of(place));
                long end = consumer.endOffsets(List.of(place)).get(place);
                while (consumer.position(place) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }
}
