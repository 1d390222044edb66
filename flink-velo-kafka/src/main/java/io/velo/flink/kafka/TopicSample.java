// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the newest records of some partitions. Belongs to no consumer group and commits nothing, so
 * nobody notices. Used once; not thread-safe.
 */
final class TopicSample {

    /** How many records are fetched at the most for each that is wanted. */
    private static final int FETCH_FACTOR = 16;

    /** How much further back the next look goes if there were too few records. */
    private static final int STEP = 10;

    private static final Duration POLL = Duration.ofMillis(200);

    private final TableRequest request;
    private final List<TopicPartition> partitions;
    private final int wanted;
    private final Deadline deadline;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /**
     * A sample.
     *
     * @param deadline holds unless the user gave a time of his own
     */
    TopicSample(TableRequest request, List<TopicPartition> partitions, Deadline deadline) {
        this.request = request;
        this.partitions = partitions;
        this.wanted = request.options().get(KafkaOptions.SAMPLE_ROWS);
        this.deadline =
                request.options().isSet(KafkaOptions.SAMPLE_TIMEOUT)
                        ? Deadline.in(request.options().get(KafkaOptions.SAMPLE_TIMEOUT))
                        : deadline;
    }

    /**
     * The newest records with a value, the newest first, at most as many as wanted; empty if the
     * partitions hold none.
     *
     * @throws io.velo.flink.common.error.VeloException if the brokers cannot be asked, or not one
     *     record came in time
     */
    List<ConsumerRecord<byte[], byte[]>> read() {
        return OwnClassLoader.call(
                () -> {
                    try (Consumer<byte[], byte[]> consumer = consumer()) {
                        readFrom(consumer);
                    } catch (RuntimeException e) {
                        throw KafkaFailure.of(request, e);
                    }
                    return newest();
                });
    }

    private Consumer<byte[], byte[]> consumer() {
        Problems problems = new Problems();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putAll(new Connection(request, problems).forSource());
        problems.throwIfAny();
        settings.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void readFrom(Consumer<byte[], byte[]> consumer) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        long depth = Math.max(1, Math.min(wanted, wanted * FETCH_FACTOR / partitions.size()));
        boolean more = true;
        while (more && !deadline.isOver()) {
            records.clear();
            more = false;
            for (TopicPartition partition : partitions) {
                long start = Math.max(first.get(partition), last.get(partition) - depth);
                consumer.seek(partition, start);
                more |= start > first.get(partition);
            }
            readUntil(consumer, last);
            // Compaction, tombstones and transaction markers leave gaps: look further back.
            more &= records.size() < Math.max(1, wanted / 2);
            depth *= STEP;
        }
        if (records.isEmpty() && more) {
            throw new TimeoutException("no record in time");
        }
    }

    private void readUntil(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> last) {
        List<TopicPartition> open = new ArrayList<>(partitions);
        open.removeIf(partition -> consumer.position(partition) >= last.get(partition));
        while (!open.isEmpty()) {
            if (deadline.isOver()) {
                if (records.isEmpty()) {
                    throw new TimeoutException("no record in time");
                }
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    records.add(record);
                }
            }
            open.removeIf(partition -> consumer.position(partition) >= last.get(partition));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> newest() {
        records.sort(
                Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                        .thenComparing(ConsumerRecord::offset)
                        .reversed());
        return List.copyOf(records.subList(0, Math.min(wanted, records.size())));
    }
}
