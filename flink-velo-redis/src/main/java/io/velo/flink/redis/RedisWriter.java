// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.IOException;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
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
    private final WriteBatching batching;
    private final ProcessingTimeService timers;
    private final Counter sent;
    private final Counter refused;
    private boolean timerIsSet;
    private long lastFlushMillis;

    RedisWriter(
            RedisSession session,
            WriteBuffer buffer,
            WriteBatching batching,
            ProcessingTimeService timers,
            SinkWriterMetricGroup metrics) {
        this.session = session;
        this.buffer = buffer;
        this.batching = batching;
        this.timers = timers;
        this.sent = metrics.getNumRecordsSendCounter();
        this.refused = metrics.getNumRecordsSendErrorsCounter();
        metrics.setCurrentSendTimeGauge(() -> lastFlushMillis);
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        buffer.add(row);
        // The other half of an update follows at once: the key need not be away in between.
        if (row.getRowKind() != RowKind.UPDATE_BEFORE && isFull()) {
            flush();
        } else if (!timerIsSet) {
            timerIsSet = true;
            timers.registerTimer(
                    timers.getCurrentProcessingTime() + batching.longestWait().toMillis(),
                    time -> flushByTimer());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        flush();
    }

    @Override
    public void close() {
        session.close();
    }

    private boolean isFull() {
        return buffer.size() >= batching.rows() || buffer.bytes() >= batching.bytes();
    }

    private void flushByTimer() throws InterruptedException {
        timerIsSet = false;
        flush();
    }

    private void flush() throws InterruptedException {
        if (buffer.size() == 0) {
            return;
        }
        long start = System.nanoTime();
        CommandBatch batch = buffer.batch();
        Object[] replies = session.run(batch);
        for (int group = 0; group < batch.groups(); group++) {
            JedisDataException error =
                    ReplyFault.firstError(replies, batch.start(group), batch.end(group));
            if (error != null) {
                refused.inc();
                throw RedisProblems.reply(session.endpoint(), error);
            }
        }
        sent.inc(buffer.size());
        buffer.clear();
        lastFlushMillis = (System.nanoTime() - start) / 1_000_000;
    }
}
