// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes rows at least once, and decides on each row that cannot be written by the failure
 * strategy; the writer of Flink's connector knows of a rejected record only that there was one. The
 * records are those that the connector makes. Immutable; travels to the workers.
 */
final class RowSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final KafkaRecordSerializationSchema<RowData> serializer;
    private final Properties client;
    private final FailurePlan plan;
    private final RowType columns;
    private final String place;

    /**
     * A sink.
     *
     * @param serializer makes records of rows
     * @param client the settings of the client
     * @param columns the columns of the rows
     * @param place the table's URI without secrets
     */
    RowSink(
            KafkaRecordSerializationSchema<RowData> serializer,
            Properties client,
            FailurePlan plan,
            RowType columns,
            String place) {
        this.serializer = serializer;
        this.client = client;
        this.plan = plan;
        this.columns = columns;
        this.place = place;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), KafkaSpec.NAME);
        FailureHandler failures = plan.open(context, metrics);
        RowWriter writer = new RowWriter(client, serializer, columns, place, failures, context);
        try {
            writer.open();
            return writer;
        } catch (Exception e) {
            try {
                writer.close();
            } catch (Exception closing) {
                e.addSuppressed(closing);
            }
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException("The writer cannot be opened.", e);
        }
    }
}
