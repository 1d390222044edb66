// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters through the sink of their table, within the task of the failing one. A letter
 * counts once it is acknowledged, which is at the latest when {@link #flush} returns. For the
 * task's thread only.
 */
final class DeadLetterQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);

    private static final SinkWriter.Context NO_TIME =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return null;
                }
            };

    private final DeadLetterPlan plan;
    private final DeadLetterOrigin origin;
    private final Supplier<HostedContext> host;
    private final Counter written;
    private final Counter failures;
    private final Counter skipped;
    private HostedContext context;
    private SinkWriter<RowData> writer;
    private long pending;

    /**
     * A queue that is not open yet.
     *
     * @param host makes the surroundings of the writer, anew when it has failed
     * @param skipped counts rows that are lost because their letters cannot be written
     */
    DeadLetterQueue(
            DeadLetterPlan plan,
            DeadLetterOrigin origin,
            Supplier<HostedContext> host,
            VeloMetrics metrics,
            Counter skipped) {
        this.plan = plan;
        this.origin = origin;
        this.host = host;
        this.written = metrics.counter(VeloMetric.DLQ_RECORDS);
        this.failures = metrics.counter(VeloMetric.DLQ_FAILURES);
        this.skipped = skipped;
        metrics.gauge(VeloMetric.DLQ_PENDING, () -> pending);
    }

    /** Opens the writer, so that a wrong address shows before rows come. */
    void open() throws IOException {
        try {
            writer();
        } catch (IOException | RuntimeException e) {
            settle(e);
        }
    }

    void write(RowData letter) throws IOException, InterruptedException {
        pending++;
        try {
            SinkWriter<RowData> target = writer();
            context.runDue();
            target.write(letter, NO_TIME);
        } catch (IOException | RuntimeException e) {
            settle(e);
        }
    }

    void flush() throws IOException, InterruptedException {
        if (pending == 0) {
            return;
        }
        try {
            SinkWriter<RowData> target = writer();
            context.runDue();
            target.flush(false);
            if (target instanceof CommittingSinkWriter<?, ?> committing
                    && !committing.prepareCommit().isEmpty()) {
                throw new IOException("The target makes rows visible by a commit only.");
            }
            written.inc(pending);
            pending = 0;
        } catch (IOException | RuntimeException e) {
            settle(e);
        }
    }

    @Override
    public void close() throws Exception {
        SinkWriter<RowData> closing = writer;
        writer = null;
        if (closing != null) {
            context.close();
            closing.close();
        }
    }

    private SinkWriter<RowData> writer() throws IOException {
        if (writer == null) {
            context = host.get();
            writer = plan.sink().createWriter(context);
        }
        return writer;
    }

    /** Fails the task, or gives the letters up that were not acknowledged. */
    private void settle(Exception reason) {
        failures.inc(pending);
        if (plan.onFailure() == DeadLetterFailure.FAIL) {
            throw Problem.of(
                            ErrorCode.IO_SERVER,
                            "The dead letters of table "
                                    + origin.table()
                                    + " could not be written.")
                    .at(plan.target())
                    .remedy(
                            "See the suppressed exception. With 'dlq.on-failure'='log' the job goes"
                                    + " on and loses these rows.")
                    .toException(reason);
        }
        LOG.warn(
                "{} dead letters of table {} could not be written to {}; the rows are lost.",
                pending,
                origin.table(),
                plan.target());
        LOG.debug("Dead letters could not be written.", reason);
        skipped.inc(pending);
        pending = 0;
        try {
            close();
        } catch (Exception e) {
            LOG.debug("The writer of dead letters could not be closed.", e);
        }
    }
}
