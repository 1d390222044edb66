// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.common.batch.BatchControl;
import io.velo.flink.common.batch.SealReason;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * Seals rows into blocks that become part of the checkpoint, which inserts them when it is
 * complete. Only size and checkpoints seal a block. From then on its bytes and its token never
 * change, so that whoever inserts it again inserts the same; a block that is rebuilt after a
 * failure, perhaps of other rows, has another token.
 *
 * <p>For the task's thread only.
 */
final class StagingWriter
        implements CommittingSinkWriter<RowData, StagedBlock>,
                StatefulSinkWriter<RowData, WrittenVersions> {

    private final OpenedTable table;
    private final RowIntake intake;
    private final OpenBlock block;
    private final BatchControl batching;
    private final BlockStaging staging;
    private final InsertedBlocks inserted;
    private final FailureHandler failures;
    private final Counter rows;
    private final Counter bytes;
    private final long run;
    private final Compression compression;
    private final String writer;
    private final String shard;
    private final TaskInfo task;
    private List<StagedBlock> staged = new ArrayList<>();
    private long number;

    StagingWriter(
            WritePlan plan,
            OpenedTable table,
            BlockStaging staging,
            InsertedBlocks inserted,
            WriterShare share,
            WriterInitContext context,
            VeloMetrics batches) {
        this.table = table;
        this.intake = new RowIntake(plan, table, share, context, false);
        this.block = intake.block();
        this.batching =
                new BatchControl(
                        plan.batching(),
                        context.getProcessingTimeService(),
                        batches,
                        reason -> {
                            throw new IllegalStateException("Time never seals a staged block.");
                        });
        this.staging = staging;
        this.inserted = inserted;
        this.failures = share.failures();
        this.shard = plan.table().placement().identities();
        this.rows = context.metricGroup().getNumRecordsSendCounter();
        this.bytes = context.metricGroup().getNumBytesSendCounter();
        this.compression = plan.table().target().compression();
        this.run = context.getRestoredCheckpointId().orElse(-1);
        this.task = context.getTaskInfo();
        this.writer = UUID.randomUUID() + ":" + context.getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        if (!intake.take(row)) {
            return;
        }
        SealReason full = batching.added(block.size(), block.bytes());
        if (full != null) {
            seal(full);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (block.size() > 0) {
            seal(endOfInput ? SealReason.END : SealReason.CHECKPOINT);
        }
        failures.beforeCheckpoint();
    }

    @Override
    public Collection<StagedBlock> prepareCommit() {
        if (staged.isEmpty()) {
            return List.of();
        }
        long blocks = inserted.soFar();
        List<StagedBlock> prepared = staged.stream().map(one -> one.after(blocks)).toList();
        staged = new ArrayList<>();
        return prepared;
    }

    /** The greatest version given so far, or 0 if this writer gives none. */
    long versions() {
        return table.upserts().version().isEmpty() ? 0 : table.clock().soFar();
    }

    @Override
    public List<WrittenVersions> snapshotState(long checkpointId) {
        return state(versions(), task);
    }

    /** The state of the writer, or writers, of one task. */
    static List<WrittenVersions> state(long versions, TaskInfo task) {
        return versions == 0
                ? List.of()
                : WrittenVersions.state(
                        versions,
                        task.getNumberOfParallelSubtasks(),
                        task.getMaxNumberOfParallelSubtasks());
    }

    @Override
    public void close() throws Exception {
        failures.close();
    }

    private void seal(SealReason reason) throws IOException {
        SealedBlock sealed = block.seal().encoded().pack();
        batching.sealed(reason);
        String token = new BlockToken(writer, number++, BlockStaging.checksum(sealed)).toString();
        staged.add(staging.stage(sealed, token, table.statement(token), shard, run, compression));
        rows.inc(sealed.rows());
        bytes.inc(sealed.length());
    }
}
