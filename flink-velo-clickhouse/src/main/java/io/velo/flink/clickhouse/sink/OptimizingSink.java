// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Writes as the other sinks do, and merges the parts of the table's partitions once rows are in the
 * table: under exactly-once behind the commit, else behind the flush of a checkpoint.
 */
final class OptimizingSink
        implements Sink<RowData>,
                SupportsCommitter<StagedBlock>,
                SupportsWriterState<RowData, WrittenVersions>,
                SupportsPreWriteTopology<RowData>,
                SupportsPostCommitTopology<StagedBlock> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;

    OptimizingSink(WritePlan plan) {
        this.plan = plan;
    }

    private boolean exactlyOnce() {
        return plan.table().guarantee().exactlyOnce();
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WrittenVersions> restoreWriter(
            WriterInitContext context, Collection<WrittenVersions> restored) throws IOException {
        return exactlyOnce()
                ? new ExactlyOnceSink(plan).restoreWriter(context, restored)
                : new FlushedWriter(new ClickHouseSink(plan).createWriter(context));
    }

    @Override
    public Committer<StagedBlock> createCommitter(CommitterInitContext context) throws IOException {
        return exactlyOnce()
                ? new ExactlyOnceSink(plan).createCommitter(context)
                : new NothingToCommit();
    }

    @Override
    public SimpleVersionedSerializer<WrittenVersions> getWriterStateSerializer() {
        return new WrittenVersionsSerializer();
    }

    @Override
    public SimpleVersionedSerializer<StagedBlock> getCommittableSerializer() {
        return new StagedBlockSerializer();
    }

    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        return plan.shuffle().of(rows);
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<StagedBlock>> committed) {
        committed
                .global()
                .transform(
                        "OPTIMIZE",
                        Types.VOID,
                        new PartitionOptimizer(
                                plan, committed.getExecutionEnvironment().getCheckpointConfig()))
                .forceNonParallel();
    }
}
