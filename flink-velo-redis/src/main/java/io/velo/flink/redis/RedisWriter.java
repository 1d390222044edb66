// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

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
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Gathers rows and writes them in pipelines: when enough have gathered, when the oldest has waited
 * long enough, at every checkpoint and at the end. A write blocks its task until every reply is
 * read, which is the back-pressure. Used by the task's thread only; so are its timers.
 */
final class RedisWriter implements SinkWriter<RowData> {

    private final RedisSession session;
    private final WriteBuffer buffer;
    private final BatchControl batching;
    private final RowRate rate;
    private final FailureHandler failures;
    private final boolean keepsRows;
    private final TypeSerializer<RowData> copier;
    private final RowJson json;
    private final Counter sent;
    private final Counter superseded;
    private long lastSendMillis;

    RedisWriter(
            RedisSession session,
            WriteBuffer buffer,
            WritePlan plan,
            FailureHandler failures,
            WriterInitContext context,
            VeloMetrics metrics) {
        this.session = session;
        this.buffer = buffer;
        this.batching =
                new BatchControl(
                        plan.batching(), context.getProcessingTimeService(), metrics, this::send);
        this.rate =
                RowRate.of(
                        plan.rowsPerSecond(),
                        context.getTaskInfo().getNumberOfParallelSubtasks(),
                        new MailboxWaiting(context.getMailboxExecutor()),
                        metrics);
        this.failures = failures;
        this.keepsRows = plan.failure().survives();
        this.copier = context.isObjectReuseEnabled() ? context.createInputSerializer() : null;
        this.json = new RowJson(plan.columns());
        this.sent = context.metricGroup().getNumRecordsSendCounter();
        metrics.rollingRate(sent);
        this.superseded = metrics.counter(VeloMetric.RECORDS_SUPERSEDED);
        context.metricGroup().setCurrentSendTimeGauge(() -> lastSendMillis);
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        rate.awaitRow();
        try {
            if (buffer.add(row, kept(row))) {
                superseded.inc();
            }
        } catch (VeloException e) {
            failures.handle(described(BadRow.unencodable(e, json.bytes(row)), row));
            return;
        }
        SealReason full = batching.added(buffer.size(), buffer.bytes());
        // The other half of an update follows at once: the key need not be away in between.
        if (full != null && row.getRowKind() != RowKind.UPDATE_BEFORE) {
            send(full);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        send(endOfInput ? SealReason.END : SealReason.CHECKPOINT);
        failures.beforeCheckpoint();
    }

    @Override
    public void close() throws Exception {
        try (session) {
            failures.close();
        }
    }

    private RowData kept(RowData row) {
        if (!keepsRows) {
            return null;
        }
        return copier == null ? row : copier.copy(row);
    }

    private void send(SealReason reason) throws IOException, InterruptedException {
        int rows = buffer.size();
        if (rows == 0) {
            return;
        }
        long start = System.nanoTime();
        CommandBatch batch = buffer.batch();
        Object[] replies = session.run(batch);
        batching.sealed(reason);
        lastSendMillis = (System.nanoTime() - start) / 1_000_000;
        batching.written(rows, lastSendMillis);
        int rejected = settle(batch, replies);
        sent.inc(rows - rejected);
        buffer.clear();
    }

    /** Deals with the rows that the server rejects; returns their number. */
    private int settle(CommandBatch batch, Object[] replies)
            throws IOException, InterruptedException {
        int rejected = 0;
        Iterator<Map.Entry<KeyBytes, PendingWrite>> writes = buffer.writes().entrySet().iterator();
        for (int group = 0; group < batch.groups(); group++) {
            Map.Entry<KeyBytes, PendingWrite> write = writes.next();
            JedisDataException error =
                    ReplyFault.firstError(replies, batch.start(group), batch.end(group));
            if (error != null) {
                rejected++;
                rejected(write.getKey(), write.getValue().row(), error);
            }
        }
        return rejected;
    }

    private void rejected(KeyBytes key, RowData row, JedisDataException error)
            throws IOException, InterruptedException {
        VeloException problem = RedisProblems.reply(session.endpoint(), error);
        if (row != null && !ReplyFault.of(error).isAboutTheRow()) {
            throw problem;
        }
        byte[] value = row == null ? null : json.bytes(row);
        BadRow bad = BadRow.rejected(problem, value).key(key.bytes());
        failures.handle(row == null ? bad : described(bad, row));
    }

    private static BadRow described(BadRow bad, RowData row) {
        return bad.header("row-kind", row.getRowKind().shortString());
    }
}
