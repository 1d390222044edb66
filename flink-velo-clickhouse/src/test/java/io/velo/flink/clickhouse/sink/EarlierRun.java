// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.RetryPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** Blocks that an earlier run of a job left in its checkpoint, and the run that commits them. */
final class EarlierRun {

    private static final long CHECKPOINT = 3;
    private static final long RESTORED = 7;

    private static final RowType ROW =
            RowType.of(
                    new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE},
                    new String[] {"id", "v"});

    private EarlierRun() {}

    /** A plan for a table of id and v. */
    static WritePlan plan(
            ClickHouseTarget target,
            String table,
            Guarantee guarantee,
            boolean tune,
            boolean resend,
            String folder) {
        StagingPlan staging = new StagingPlan(folder, resend);
        return plan(target, table, guarantee, tune, staging, Placement.SERVER);
    }

    /** A plan for a Distributed table of id and v, whose shards are written. */
    static WritePlan sharded(ClickHouseTarget target, String table, Guarantee guarantee) {
        StagingPlan staging = new StagingPlan("", false);
        return plan(target, table, guarantee, false, staging, Placement.LOCAL);
    }

    private static WritePlan plan(
            ClickHouseTarget target,
            String table,
            Guarantee guarantee,
            boolean tune,
            StagingPlan staging,
            Placement placement) {
        SinkPlan plan =
                new SinkPlan(
                        target,
                        table,
                        ROW,
                        List.of(),
                        SinkPlan.Changes.INSERTS,
                        "",
                        false,
                        guarantee,
                        tune,
                        DeleteMode.FAIL,
                        "",
                        false,
                        "",
                        TableShape.PLAIN,
                        placement);
        return new WritePlan(
                plan,
                BatchLimits.fixed(1_000, 1 << 20, Duration.ZERO, 2),
                null,
                RetryPlan.HOUSE,
                staging,
                false,
                PartitionShuffle.NONE,
                OptimizePlan.OFF,
                null);
    }

    /** A block with these ids, for the table or the shard of the plan. */
    static StagedBlock block(WritePlan plan, long from, int rows) throws IOException {
        OpenedTable table =
                OpenedTable.inTask(plan.table(), new HttpTransport(plan.table().target()));
        OpenBlock block = new OpenBlock(table, false, null, null);
        for (long id = from; id < from + rows; id++) {
            block.append(GenericRowData.of(id, StringData.fromString("v" + id)));
        }
        String token = new BlockToken("test-" + System.nanoTime() + ":0", 0, 0).toString();
        return new BlockStaging(plan.staging())
                .stage(
                        block.seal().encoded().pack(),
                        token,
                        table.statement(token),
                        plan.table().placement().identities(),
                        CHECKPOINT,
                        Compression.LZ4)
                .after(new InsertedBlocks(plan.table()).soFar());
    }

    /** Commits blocks in a job that was started again from a checkpoint. */
    static void commit(WritePlan plan, List<StagedBlock> blocks) throws Exception {
        commit(plan, blocks, RESTORED);
    }

    /** Commits blocks in the job that sealed them: none was inserted before. */
    static void commitFirst(WritePlan plan, List<StagedBlock> blocks) throws Exception {
        commit(plan, blocks, CHECKPOINT);
    }

    private static void commit(WritePlan plan, List<StagedBlock> blocks, long run)
            throws Exception {
        try (Committer<StagedBlock> committer =
                new ExactlyOnceSink(plan).committer(run, VeloMetrics.unregistered())) {
            committer.commit(requests(blocks));
        }
    }

    /** What Flink hands to a committer. */
    static List<CommitRequest<StagedBlock>> requests(List<StagedBlock> blocks) {
        return blocks.stream().<CommitRequest<StagedBlock>>map(Request::new).toList();
    }

    /** What Flink hands to a committer; it must not be given up. */
    private record Request(StagedBlock block) implements CommitRequest<StagedBlock> {

        @Override
        public StagedBlock getCommittable() {
            return block;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError();
        }

        @Override
        public void updateAndRetryLater(StagedBlock other) {
            throw new AssertionError();
        }

        @Override
        public void signalAlreadyCommitted() {
            // The committer goes on with the next one.
        }
    }
}
