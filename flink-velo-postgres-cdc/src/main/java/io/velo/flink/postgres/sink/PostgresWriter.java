// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.batch.BatchControl;
import io.velo.flink.common.batch.RowRate;
import io.velo.flink.common.batch.SealReason;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.failure.BadRow;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.RowJson;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.MailboxWaiting;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Gathers rows and hands them to the thread that writes: when enough have gathered, when the oldest
 * has waited long enough, at every checkpoint and at the end. While one batch is written the next
 * one gathers; when too many wait, {@link #write} waits, which is the back-pressure. For the task's
 * thread.
 */
class PostgresWriter implements SinkWriter<RowData> {

    private final BatchLane lane;
    private final WritePlan plan;
    private final BatchControl batching;
    private final RowRate rate;
    private final FailureHandler failures;
    private final TypeSerializer<RowData> copier;
    private final RowJson json;
    private final Counter sent;
    private final Counter superseded;
    private final Deque<RowBatch> free = new ArrayDeque<>();
    private RowBatch open;

    PostgresWriter(
            BatchLane lane,
            WritePlan plan,
            FailureHandler failures,
            WriterInitContext context,
            VeloMetrics metrics) {
        this.lane = lane;
        this.plan = plan;
        this.batching =
                new BatchControl(
                        plan.batching(), context.getProcessingTimeService(), metrics, this::seal);
        this.rate =
                RowRate.of(
                        plan.rowsPerSecond(),
                        context.getTaskInfo().getNumberOfParallelSubtasks(),
                        new MailboxWaiting(context.getMailboxExecutor()),
                        metrics);
        this.failures = failures;
        this.copier = context.isObjectReuseEnabled() ? context.createInputSerializer() : null;
        this.json = new RowJson(plan.target().columns());
        this.sent = context.metricGroup().getNumRecordsSendCounter();
        this.superseded = metrics.counter(VeloMetric.RECORDS_SUPERSEDED);
        context.metricGroup().setCurrentSendTimeGauge(lane::lastMillis);
        this.open = lane.newBatch();
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        rate.awaitRow();
        // The timer seals and must not wait: what it sealed is bounded, and missed, here.
        settle(plan.batching().inFlight());
        try {
            if (open.add(row, kept(row))) {
                superseded.inc();
            }
        } catch (VeloException e) {
            failures.handle(described(BadRow.unencodable(e, json.bytes(row)), row));
            return;
        }
        SealReason full = batching.added(open.rows(), open.size());
        // The other half of an update follows at once: the key need not be away in between.
        if (full != null && row.getRowKind() != RowKind.UPDATE_BEFORE) {
            seal(full);
            settle(plan.batching().inFlight());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        seal(endOfInput ? SealReason.END : SealReason.CHECKPOINT);
        settle(0);
        failures.beforeCheckpoint();
    }

    @Override
    public void close() throws Exception {
        try (lane) {
            failures.close();
        }
    }

    private RowData kept(RowData row) {
        if (!plan.failure().survives()) {
            return null;
        }
        return copier == null ? row : copier.copy(row);
    }

    /** Hands the open batch over without waiting. */
    private void seal(SealReason reason) {
        if (open.rows() == 0) {
            return;
        }
        batching.sealed(reason);
        lane.submit(open);
        open = free.isEmpty() ? lane.newBatch() : free.pop();
    }

    /** Waits until at most so many batches are under way, and deals with what was rejected. */
    private void settle(int mostUnderWay) throws IOException, InterruptedException {
        while (lane.hasDone() || lane.underWay() > mostUnderWay) {
            WrittenBatch done = lane.await();
            RowBatch batch = done.batch();
            batching.written(batch.rows(), done.millis());
            sent.inc(batch.live() - done.rejected().size());
            for (RejectedRow rejected : done.rejected()) {
                RowData row = batch.kept(rejected.row());
                BadRow bad =
                        BadRow.rejected(
                                        WriteFailure.row(rejected.error(), plan.target()),
                                        json.bytes(row))
                                .after(1, BadRow.Category.VALIDATION)
                                .header("sqlstate", String.valueOf(rejected.error().getSQLState()));
                failures.handle(described(bad, row));
            }
            batch.clear();
            free.push(batch);
        }
    }

    private static BadRow described(BadRow bad, RowData row) {
        return bad.header("row-kind", row.getRowKind().shortString());
    }
}
