// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.failure.FailureHandler;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Adds rows to a PostgreSQL table, each exactly once: those of a checkpoint become visible together
 * after it has completed, in one transaction per subtask that notes in a ledger that it is done.
 */
public final class ExactlyOnceSink
        implements Sink<RowData>,
                SupportsCommitter<StagedRows>,
                SupportsWriterState<RowData, WriterPosition> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;

    /** A sink that follows this plan, which has a commit method. */
    public ExactlyOnceSink(WritePlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WriterPosition> restoreWriter(
            WriterInitContext context, Collection<WriterPosition> positions) throws IOException {
        return WriterParts.open(plan, context, parts -> writer(parts, context, positions));
    }

    private ExactlyOnceWriter writer(
            WriterParts parts, WriterInitContext context, Collection<WriterPosition> positions)
            throws IOException, InterruptedException {
        String owner = owner(context);
        boolean fresh = context.getRestoredCheckpointId().isEmpty();
        Ledger ledger = new Ledger(plan.target());
        parts.lane()
                .call(
                        parts.work()
                                .repeated(
                                        attempt -> {
                                            var session = parts.connection().session();
                                            ledger.open(session);
                                            if (fresh) {
                                                ledger.clean(session, owner, null, 0);
                                            }
                                            for (WriterPosition left : positions) {
                                                ledger.clean(
                                                        session,
                                                        owner,
                                                        left.writer(),
                                                        left.nextEpoch());
                                            }
                                            return null;
                                        }));
        WriterPosition last = positions.isEmpty() ? null : positions.iterator().next();
        StagingNames names =
                last == null ? StagingNames.start(owner) : StagingNames.goOn(last.writer());
        long epoch = last == null ? 0 : last.nextEpoch();
        EpochScope scope = scope(parts, names, ledger, epoch);
        FailureHandler failures = plan.failure().open(context, parts.metrics());
        return new ExactlyOnceWriter(parts, scope, names, epoch, plan, failures, context);
    }

    private EpochScope scope(WriterParts parts, StagingNames names, Ledger ledger, long epoch) {
        return switch (plan.target().commitMethod()) {
            case STAGING ->
                    new StagingScope(plan.target(), parts.table().unwritten(), names, epoch);
            case PREPARED ->
                    new PreparedScope(plan.target(), parts.connection(), names, ledger, epoch);
        };
    }

    private static String owner(WriterInitContext context) {
        String operator = context.metricGroup().getAllVariables().getOrDefault("<operator_id>", "");
        return StagingNames.owner(
                context.getJobInfo().getJobId().toHexString(),
                operator,
                context.getTaskInfo().getIndexOfThisSubtask());
    }

    @Override
    public Committer<StagedRows> createCommitter(CommitterInitContext context) {
        return new PostgresCommitter(plan);
    }

    @Override
    public SimpleVersionedSerializer<StagedRows> getCommittableSerializer() {
        return new StagedRowsSerializer();
    }

    @Override
    public SimpleVersionedSerializer<WriterPosition> getWriterStateSerializer() {
        return new WriterPositionSerializer();
    }
}
