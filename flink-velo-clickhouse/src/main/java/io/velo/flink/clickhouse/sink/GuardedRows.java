// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Hands rows on as they are. It is there for its coordinator, by which the JobManager clears a
 * staging table away however the job ends.
 */
final class GuardedRows extends AbstractStreamOperatorFactory<RowData>
        implements OneInputStreamOperatorFactory<RowData, RowData>,
                CoordinatedOperatorFactory<RowData> {

    private static final long serialVersionUID = 1L;

    private final StagingTable staging;

    GuardedRows(StagingTable staging) {
        this.staging = staging;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<RowData>> T createStreamOperator(
            StreamOperatorParameters<RowData> parameters) {
        return (T) new Passing(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
        return Passing.class;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
        return new Provider(operator, staging);
    }

    private static final class Passing extends AbstractStreamOperator<RowData>
            implements OneInputStreamOperator<RowData, RowData> {

        private static final long serialVersionUID = 1L;

        Passing(StreamOperatorParameters<RowData> parameters) {
            super(parameters);
        }

        @Override
        public void processElement(StreamRecord<RowData> row) {
            output.collect(row);
        }
    }

    private record Provider(OperatorID getOperatorId, StagingTable staging)
            implements OperatorCoordinator.Provider {

        private static final long serialVersionUID = 1L;

        @Override
        public OperatorCoordinator create(OperatorCoordinator.Context context) {
            return new StagingGuard(staging, context);
        }
    }
}
