// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FetchLagTest {

    private final FetchLag lag = new FetchLag();

    @Test
    void isUnknownBeforeTheFirstFetch() {
        assertThat(lag.getValue()).isEqualTo(-1);
    }

    @Test
    void isThatOfTheNewestRecord() {
        lag.fetched(records(record(0, 1_000), record(0, 3_000), record(1, 2_000)), 10_000);
        assertThat(lag.getValue()).isEqualTo(7_000);
    }

    @Test
    void isNotNegativeIfTheClocksDiffer() {
        lag.fetched(records(record(0, 11_000)), 10_000);
        assertThat(lag.getValue()).isZero();
    }

    @Test
    void staysIfRecordsHaveNoTime() {
        lag.fetched(records(record(0, 4_000)), 10_000);
        lag.fetched(records(record(0, -1)), 20_000);
        assertThat(lag.getValue()).isEqualTo(6_000);
    }

    @SafeVarargs
    private static ConsumerRecords<byte[], byte[]> records(
            ConsumerRecord<byte[], byte[]>... records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition =
                List.of(records).stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> new TopicPartition(r.topic(), r.partition())));
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long time) {
        return new ConsumerRecord<>(
                "t",
                partition,
                0,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }
}
