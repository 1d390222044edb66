// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.failure;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.BadRow;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.failure.RowJson;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryMetrics;
import io.velo.flink.common.retry.RetryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Sends rows to a picky server in batches. The first column is the id, or a text for id 0. */
final class PickySink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    /** Rows that came, went, were left out and dead-lettered, by the counters of all writers. */
    static final AtomicLong CAME = new AtomicLong();

    static final AtomicLong SENT = new AtomicLong();
    static final AtomicLong SKIPPED = new AtomicLong();
    static final AtomicLong DEAD_LETTERED = new AtomicLong();

    private final String name;
    private final DataType type;
    private final RetryPlan retry;
    private final int batchSize;
    private final FailurePlan failure;

    PickySink(String name, DataType type, RetryPlan retry, int batchSize, FailurePlan failure) {
        this.name = name;
        this.type = type;
        this.retry = retry;
        this.batchSize = batchSize;
        this.failure = failure;
    }

    static void forgetCounters() {
        List.of(CAME, SENT, SKIPPED, DEAD_LETTERED).forEach(counter -> counter.set(0));
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), "picky");
        return new Writer(
                context.metricGroup().getNumRecordsSendCounter(),
                metrics,
                failure.open(context, metrics));
    }

    private final class Writer implements SinkWriter<RowData> {

        private final PickyServer server = PickyServer.get(name);
        private final RowJson json = new RowJson((RowType) type.getLogicalType());
        private final boolean numbered =
                ((RowType) type.getLogicalType())
                        .getTypeAt(0)
                        .is(org.apache.flink.table.types.logical.LogicalTypeRoot.BIGINT);
        private final List<RowData> batch = new ArrayList<>();
        private final Counter sent;
        private final VeloMetrics metrics;
        private final FailureHandler handler;
        private final Retry attempts;

        Writer(Counter sent, VeloMetrics metrics, FailureHandler handler) {
            this.sent = sent;
            this.metrics = metrics;
            this.handler = handler;
            this.attempts =
                    Retry.of(
                                    retry,
                                    e ->
                                            e instanceof IOException
                                                    ? FailureClass.TRANSIENT
                                                    : FailureClass.PERMANENT)
                            .telling(new RetryMetrics(metrics, "A write to " + name));
        }

        @Override
        public void write(RowData row, Context context) throws IOException, InterruptedException {
            CAME.incrementAndGet();
            batch.add(row);
            if (batch.size() >= batchSize) {
                send();
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            send();
            handler.beforeCheckpoint();
        }

        @Override
        public void close() throws Exception {
            SENT.addAndGet(sent.getCount());
            SKIPPED.addAndGet(metrics.counter(VeloMetric.RECORDS_SKIPPED).getCount());
            DEAD_LETTERED.addAndGet(metrics.counter(VeloMetric.DLQ_RECORDS).getCount());
            handler.close();
        }

        private void send() throws IOException, InterruptedException {
            for (RowData row : batch) {
                if (taken(numbered ? row.getLong(0) : 0)) {
                    sent.inc();
                } else {
                    handler.handle(
                            BadRow.rejected(
                                    Problem.of(ErrorCode.SCHEMA_VALUE, "The id is negative.")
                                            .toException(),
                                    json.bytes(row)));
                }
            }
            batch.clear();
        }

        private boolean taken(long id) throws IOException, InterruptedException {
            try {
                return attempts.call(budget -> server.take(id));
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
