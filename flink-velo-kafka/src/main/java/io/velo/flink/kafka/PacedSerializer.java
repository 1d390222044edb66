// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.batch.RowRate;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.Waiting;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes records of rows as Flink's connector does, and no more a second than the rate limit allows.
 * A checkpoint waits for one row of its subtask at the most. One per writer, used by the task's
 * thread.
 */
final class PacedSerializer implements KafkaRecordSerializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final KafkaRecordSerializationSchema<RowData> delegate;
    private final int rowsPerSecond;
    private transient RowRate rate;

    /**
     * Slows a connector's own down.
     *
     * @param rowsPerSecond of all subtasks together
     */
    PacedSerializer(KafkaRecordSerializationSchema<RowData> delegate, int rowsPerSecond) {
        this.delegate = delegate;
        this.rowsPerSecond = rowsPerSecond;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
            throws Exception {
        delegate.open(context, sink);
        rate =
                RowRate.of(
                        rowsPerSecond,
                        sink.getNumberOfParallelInstances(),
                        Waiting.SLEEPING,
                        VeloMetrics.of(context.getMetricGroup(), KafkaSpec.NAME));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RowData row, KafkaSinkContext context, Long timestamp) {
        try {
            rate.awaitRow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("The task was cancelled.", e);
        }
        return delegate.serialize(row, context, timestamp);
    }
}
