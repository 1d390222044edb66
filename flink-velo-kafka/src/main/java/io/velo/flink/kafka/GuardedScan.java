// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.failure.FailurePlan;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

/**
 * The scan of Flink's connector with a guarded source, under the same name, identifier and
 * watermarks.
 *
 * @param delegate the connector's
 * @param plan what becomes of records that cannot be read
 * @param table the table's name, for messages
 */
record GuardedScan(DataStreamScanProvider delegate, FailurePlan plan, String table)
        implements DataStreamScanProvider {

    @Override
    @SuppressWarnings("unchecked")
    public DataStream<RowData> produceDataStream(
            ProviderContext context, StreamExecutionEnvironment environment) {
        SourceTransformation<RowData, ?, ?> made =
                (SourceTransformation<RowData, ?, ?>)
                        delegate.produceDataStream(context, environment).getTransformation();
        DataStreamSource<RowData> guarded =
                environment.fromSource(
                        new GuardedSource((KafkaSource<RowData>) made.getSource(), plan, table),
                        made.getWatermarkStrategy(),
                        made.getName());
        if (made.getUid() != null) {
            guarded.uid(made.getUid());
        }
        return guarded;
    }

    @Override
    public boolean isBounded() {
        return delegate.isBounded();
    }

    @Override
    public Optional<Integer> getParallelism() {
        return delegate.getParallelism();
    }
}
