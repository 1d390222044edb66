// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;

/**
 * The source of Flink's connector with a failure strategy for records that cannot be read. Its
 * checkpoints are those of the connector's source.
 */
final class GuardedSource
        implements Source<RowData, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<RowData>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private static final class Fields {
        @SuppressWarnings("rawtypes")
        private static final DelegateField<KafkaRecordDeserializationSchema> DESERIALIZER =
                new DelegateField<>(
                        KafkaSource.class,
                        "deserializationSchema",
                        KafkaRecordDeserializationSchema.class);

        private static final DelegateField<Properties> CONSUMER =
                new DelegateField<>(KafkaSource.class, "props", Properties.class);
    }

    private final KafkaSource<RowData> delegate;
    private final GuardedDeserializer deserializer;
    private final FailurePlan plan;

    /**
     * Guards a source, which must not be used by itself any more.
     *
     * @param table the table's name, for messages
     */
    @SuppressWarnings("unchecked")
    GuardedSource(KafkaSource<RowData> delegate, FailurePlan plan, String table) {
        this.delegate = delegate;
        this.plan = plan;
        this.deserializer = new GuardedDeserializer(Fields.DESERIALIZER.get(delegate), table);
        Fields.DESERIALIZER.set(delegate, deserializer);
    }

    @Override
    public SourceReader<RowData, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), KafkaSpec.NAME);
        metrics.rollingRate(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter());
        // Each reader has a copy of the source of its own.
        FetchLag.report(context.metricGroup(), Fields.CONSUMER.get(delegate));
        FailureHandler failures = plan.open(context, metrics);
        try {
            deserializer.decidedBy(failures);
            return new GuardedReader(delegate.createReader(context), failures);
        } catch (Exception e) {
            failures.close();
            throw e;
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return delegate.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return delegate.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
            throws IOException {
        return delegate.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return delegate.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return delegate.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return delegate.getProducedType();
    }

    @Override
    public LineageVertex getLineageVertex() {
        return delegate.getLineageVertex();
    }
}
