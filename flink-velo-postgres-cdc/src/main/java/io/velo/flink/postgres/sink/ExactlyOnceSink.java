// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.postgres.connect.PostgresSession;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
        Ledger ledger = new Ledger(plan.target());
        parts.lane()
                .call(
                        parts.work()
                                .repeated(
                                        attempt -> {
                                            clean(parts, context, ledger, positions);
                                            return null;
                                        }));
        WriterPosition last = ownPosition(context, positions);
        StagingNames names =
                last == null
                        ? StagingNames.start(owner(context))
                        : StagingNames.goOn(last.writer());
        long epoch = last == null ? 0 : last.nextEpoch();
        EpochScope scope = scope(parts, names, ledger, epoch);
        FailureHandler failures = plan.failure().open(context, parts.metrics());
        ExactlyOnceWriter.Staging staging =
                new ExactlyOnceWriter.Staging(scope, names, ledger, epoch, last != null);
        return new ExactlyOnceWriter(parts, staging, plan, failures, context);
    }

    /** Removes what belongs to no checkpoint. */
    private static void clean(
            WriterParts parts,
            WriterInitContext context,
            Ledger ledger,
            Collection<WriterPosition> positions)
            throws SQLException {
        PostgresSession session = parts.connection().session();
        ledger.open(session);
        TaskInfo task = context.getTaskInfo();
        // Also what subtasks left that there are no more of.
        Set<String> owners =
                owners(context, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
        ledger.cleanUnknown(session, owners, context.getRestoredCheckpointId());
        for (WriterPosition left : positions) {
            ledger.clean(session, left.writer(), left.nextEpoch());
        }
    }

    private EpochScope scope(WriterParts parts, StagingNames names, Ledger ledger, long epoch) {
        return switch (plan.target().commitMethod()) {
            case STAGING ->
                    new StagingScope(plan.target(), parts.table().unwritten(), names, epoch);
            case PREPARED ->
                    new PreparedScope(plan.target(), parts.connection(), names, ledger, epoch);
        };
    }

    /** A position of this job: two jobs from one savepoint must not go on as the same writer. */
    private static WriterPosition ownPosition(
            WriterInitContext context, Collection<WriterPosition> positions) {
        Set<String> owners = owners(context, 0, 1);
        return positions.stream()
                .filter(position -> owners.contains(StagingNames.ownerOf(position.writer())))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> owners(WriterInitContext context, int first, int every) {
        return StagingNames.owners(
                context.getJobInfo().getJobId().toHexString(),
                operator(context),
                first,
                every,
                context.getTaskInfo().getMaxNumberOfParallelSubtasks());
    }

    private static String owner(WriterInitContext context) {
        return StagingNames.owner(
                context.getJobInfo().getJobId().toHexString(),
                operator(context),
                context.getTaskInfo().getIndexOfThisSubtask());
    }

    private static String operator(WriterInitContext context) {
        return context.metricGroup().getAllVariables().getOrDefault("<operator_id>", "");
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
