// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.RetryMetrics;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each row once: sealed blocks are part of the checkpoint and are inserted when it is
 * complete; a block that may have been inserted before is recognized by the table's deduplication
 * window or by a marker in its rows.
 */
final class ExactlyOnceSink
        implements Sink<RowData>,
                SupportsCommitter<StagedBlock>,
                SupportsWriterState<RowData, WrittenVersions>,
                SupportsPreWriteTopology<RowData> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceSink.class);

    private final WritePlan plan;

    ExactlyOnceSink(WritePlan plan) {
        this.plan = plan;
    }

    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        return plan.shuffle().of(rows);
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WrittenVersions> restoreWriter(
            WriterInitContext context, Collection<WrittenVersions> restored) throws IOException {
        TaskInfo task = context.getTaskInfo();
        long floor = WrittenVersions.floor(restored, task.getNumberOfParallelSubtasks());
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), ClickHouseSink.SCHEME);
        FailureHandler failures = plan.failure().open(context, metrics);
        try {
            WriterShare share = WriterShare.of(plan, failures, context, metrics);
            return plan.table().placement().sharded()
                    ? new ShardedStagingWriter(
                            ShardWriters.open(
                                    plan,
                                    context,
                                    (shard, batches) ->
                                            writer(shard, floor, share, context, batches)),
                            task)
                    : writer(plan, floor, share, context, metrics);
        } catch (IOException refused) {
            throw ClickHouseSink.closed(failures, refused);
        } catch (RuntimeException refused) {
            throw ClickHouseSink.closed(failures, refused);
        }
    }

    private static StagingWriter writer(
            WritePlan plan,
            long versionFloor,
            WriterShare share,
            WriterInitContext context,
            VeloMetrics batches)
            throws IOException {
        HttpTransport transport = new HttpTransport(plan.table().target());
        OpenedTable table = OpenedTable.inTask(plan.table(), transport);
        table.clock().exceed(versionFloor);
        plan.optimize().check(plan.table(), table.meta());
        window(plan, table, transport);
        return new StagingWriter(
                plan,
                table,
                new BlockStaging(plan.staging()),
                InsertedBlocks.opened(plan.table(), transport),
                share,
                context,
                batches);
    }

    @Override
    public Committer<StagedBlock> createCommitter(CommitterInitContext context) throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), ClickHouseSink.SCHEME);
        return committer(context.getRestoredCheckpointId().orElse(-1), metrics);
    }

    /** The committer of a job that has started from this checkpoint, or -1 for none. */
    Committer<StagedBlock> committer(long restored, VeloMetrics metrics) throws IOException {
        CommitCounts counts = CommitCounts.of(metrics);
        return plan.table().placement().sharded()
                ? ShardedCommitter.open(plan, shard -> committer(shard, restored, metrics, counts))
                : committer(plan, restored, metrics, counts);
    }

    private static BlockCommitter committer(
            WritePlan plan, long restored, VeloMetrics metrics, CommitCounts counts)
            throws IOException {
        HttpTransport transport = new HttpTransport(plan.table().target());
        OpenedTable table = OpenedTable.inTask(plan.table(), transport);
        DeduplicationWindow window = window(plan, table, transport);
        if (window != null) {
            int together = BlockCommitter.mostBetween(plan, table);
            int partitions = InsertedBlocks.count(plan.table(), transport).partitions();
            String warning = window.tooSmall(together, partitions);
            if (!warning.isEmpty()) {
                LOG.warn("{}: {}", plan.table().title(), warning);
            }
        }
        BlockSender sender =
                new BlockSender(
                        transport,
                        table.settings(),
                        plan.table().title(),
                        plan.retry(),
                        new RetryMetrics(metrics, "An insert into " + plan.table().title()));
        return new BlockCommitter(plan, table, transport, window, sender, restored, counts);
    }

    @Override
    public SimpleVersionedSerializer<WrittenVersions> getWriterStateSerializer() {
        return new WrittenVersionsSerializer();
    }

    @Override
    public SimpleVersionedSerializer<StagedBlock> getCommittableSerializer() {
        return new StagedBlockSerializer();
    }

    /** Checks the means of the guarantee; null if it is a marker. */
    private static DeduplicationWindow window(
            WritePlan plan, OpenedTable table, HttpTransport transport) throws IOException {
        if (plan.table().guarantee() == Guarantee.EXACTLY_ONCE_BY_MARKER) {
            Marker.check(plan.table(), table.meta());
            return null;
        }
        return Patience.inTask(
                transport,
                "Asking for the deduplication window of " + plan.table().title(),
                () -> DeduplicationWindow.require(plan.table(), table.meta(), transport));
    }
}
