// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.failure.FailureSettings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The table sink of Flink's Kafka connector with a failure strategy and a rate limit. Changes while
 * a statement is planned, as every table sink; not thread-safe.
 */
final class KafkaTableSink implements DynamicTableSink, SupportsWritingMetadata {

    /** What only the connector's sink has. */
    private static final class Fields {
        @SuppressWarnings("rawtypes")
        private static final DelegateField<KafkaRecordSerializationSchema> SERIALIZER =
                new DelegateField<>(
                        KafkaSink.class, "recordSerializer", KafkaRecordSerializationSchema.class);

        private static final DelegateField<Properties> CLIENT =
                new DelegateField<>(KafkaSink.class, "kafkaProducerConfig", Properties.class);
    }

    private final KafkaDynamicSink delegate;
    private final FailureSettings failure;
    private final Integer rowsPerSecond;
    private final boolean isExactlyOnce;
    private final String place;
    private DataType consumed;

    /**
     * A sink of a table.
     *
     * @param failure what becomes of rows that cannot be written
     * @param rowsPerSecond of all subtasks together; null for no limit
     * @param isExactlyOnce whether the connector writes in transactions
     * @param place the table's URI without secrets
     * @param consumed the columns of its rows
     */
    KafkaTableSink(
            KafkaDynamicSink delegate,
            FailureSettings failure,
            Integer rowsPerSecond,
            boolean isExactlyOnce,
            String place,
            DataType consumed) {
        this.delegate = delegate;
        this.failure = failure;
        this.rowsPerSecond = rowsPerSecond;
        this.isExactlyOnce = isExactlyOnce;
        this.place = place;
        this.consumed = consumed;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        FailurePlan plan = failure.plan(context);
        SinkRuntimeProvider provider = delegate.getSinkRuntimeProvider(context);
        if (!plan.survives() && rowsPerSecond == null) {
            return provider;
        }
        if (!(provider instanceof SinkV2Provider v2)) {
            throw refused(
                    "An upsert table that holds rows back ('batch-size', 'batch-timeout') has"
                            + " neither a rate limit nor a failure strategy.",
                    "Remove these two options; a later row of a key replaces an earlier one in the"
                            + " topic anyway.");
        }
        @SuppressWarnings("unchecked")
        KafkaSink<RowData> sink = (KafkaSink<RowData>) (Object) v2.createSink();
        @SuppressWarnings("unchecked")
        KafkaRecordSerializationSchema<RowData> serializer = Fields.SERIALIZER.get(sink);
        if (rowsPerSecond != null) {
            serializer = new PacedSerializer(serializer, rowsPerSecond);
            Fields.SERIALIZER.set(sink, serializer);
        }
        if (!plan.survives()) {
            return SinkV2Provider.of(sink, v2.getParallelism().orElse(null));
        }
        if (isExactlyOnce) {
            throw refused(
                    "Under exactly-once a rejected row ends the whole transaction, so it cannot be"
                            + " left out or sent to dead letters.",
                    "Use 'sink.delivery-guarantee'='at-least-once', or"
                            + " 'sink.failure.strategy'='fail'.");
        }
        return SinkV2Provider.of(
                new RowSink(
                        serializer,
                        Fields.CLIENT.get(sink),
                        plan,
                        (RowType) consumed.getLogicalType(),
                        place),
                v2.getParallelism().orElse(null));
    }

    private RuntimeException refused(String sentence, String remedy) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(place)
                .remedy(remedy)
                .toException();
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return delegate.getChangelogMode(requested);
    }

    @Override
    public Map<String, DataType> listWritableMetadata() {
        return delegate.listWritableMetadata();
    }

    @Override
    public void applyWritableMetadata(List<String> metadataKeys, DataType consumedDataType) {
        consumed = consumedDataType;
        delegate.applyWritableMetadata(metadataKeys, consumedDataType);
    }

    @Override
    public DynamicTableSink copy() {
        return new KafkaTableSink(
                (KafkaDynamicSink) delegate.copy(),
                failure,
                rowsPerSecond,
                isExactlyOnce,
                place,
                consumed);
    }

    @Override
    public String asSummaryString() {
        return delegate.asSummaryString();
    }
}
