// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.List;
import java.util.Properties;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Flink's {@code currentFetchEventTimeLag}, which Flink leaves to its connectors and its Kafka
 * connector does not report: milliseconds between the time of the newest record of a fetch and the
 * fetch itself, -1 before the first one. Written by the fetcher's thread, read by any.
 */
final class FetchLag implements Gauge<Long> {

    /** Where the consumer's interceptor finds it: not for users. */
    static final String SETTING = "velo.fetch.lag";

    private static final long UNKNOWN = -1;

    private volatile long millis = UNKNOWN;

    /** Reports the lag of the consumer that is made with these properties. */
    static void report(SourceReaderMetricGroup group, Properties consumer) {
        FetchLag lag = new FetchLag();
        group.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, lag);
        consumer.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(FetchWatch.class));
        consumer.put(SETTING, lag);
    }

    /** Takes note of records that have just come from the broker. */
    void fetched(ConsumerRecords<byte[], byte[]> records, long now) {
        long newest = UNKNOWN;
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(partition);
            newest = Math.max(newest, ofPartition.get(ofPartition.size() - 1).timestamp());
        }
        if (newest >= 0) {
            millis = Math.max(0, now - newest);
        }
    }

    @Override
    public Long getValue() {
        return millis;
    }
}
