// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Tells {@link FetchLag} of each fetch. Made by the consumer, used by its thread. */
public final class FetchWatch implements ConsumerInterceptor<byte[], byte[]> {

    private FetchLag lag;

    /** For the consumer, which configures it next. */
    public FetchWatch() {}

    @Override
    public void configure(Map<String, ?> settings) {
        lag = (FetchLag) settings.get(FetchLag.SETTING);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            lag.fetched(records, System.currentTimeMillis());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Only what comes in counts.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
