// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.sink.SinkMetrics.Trigger;
import io.velo.flink.common.error.VeloException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows at least once: a checkpoint completes only after every row before it was
 * acknowledged. Rows are encoded at once into the open block; a block is sealed when it is full,
 * when its first row waited for the batch timeout, at a checkpoint and at the end, and its bytes
 * are kept until the server acknowledged them.
 *
 * <p>All methods run in the task's thread; answers come back through the mailbox.
 */
final class ClickHouseWriter implements SinkWriter<RowData> {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseWriter.class);

    private final NativeBlockWriter block;
    private final BlockSender sender;
    private final SinkPlan.Batch batch;
    private final int mostInFlight;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final SinkMetrics metrics;
    private final String title;
    private int inFlight;
    private long blockNumber;
    private boolean overdue;
    private boolean warned;
    private VeloException failure;

    ClickHouseWriter(
            OpenedTable table,
            BlockSender sender,
            SinkPlan plan,
            MailboxExecutor mailbox,
            ProcessingTimeService clock,
            SinkMetrics metrics) {
        this.block = table.blocks();
        this.sender = sender;
        this.batch = plan.batch();
        this.mostInFlight = table.inFlight();
        this.mailbox = mailbox;
        this.clock = clock;
        this.metrics = metrics;
        this.title = plan.title();
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
        throwIfFailed();
        if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return;
        }
        block.append(row);
        if (block.rows() == 1) {
            startTimer();
        }
        if (block.rows() >= batch.rows()) {
            send(Trigger.ROWS);
        } else if (block.bytes() >= batch.bytes()) {
            send(Trigger.BYTES);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        send(Trigger.FLUSH);
        while (inFlight > 0) {
            mailbox.yield();
            throwIfFailed();
        }
        throwIfFailed();
    }

    @Override
    public void close() {
        sender.close();
    }

    private void startTimer() {
        if (batch.timeout().isZero()) {
            return;
        }
        long number = blockNumber;
        clock.registerTimer(
                clock.getCurrentProcessingTime() + batch.timeout().toMillis(),
                time -> {
                    if (number == blockNumber) {
                        sendOverdue();
                    }
                });
    }

    /**
     * Sends the open block if a place is free, else with the next answer. A timer must not wait:
     * the interrupt of a cancelled task would end the wait and not the task.
     */
    private void sendOverdue() {
        overdue = inFlight >= mostInFlight;
        if (!overdue && block.rows() > 0) {
            seal(Trigger.TIME);
        }
    }

    /** Seals the open block and sends it as soon as a place is free. */
    private void send(Trigger trigger) throws InterruptedException {
        while (inFlight >= mostInFlight) {
            mailbox.yield();
            throwIfFailed();
        }
        // The timer may have sent the block while this call waited.
        if (block.rows() > 0) {
            seal(trigger);
        }
    }

    private void seal(Trigger trigger) {
        overdue = false;
        SealedBlock sealed = block.seal();
        blockNumber++;
        inFlight++;
        long started = System.currentTimeMillis();
        sender.send(sealed)
                .whenComplete(
                        (written, reason) -> {
                            long millis = System.currentTimeMillis() - started;
                            inMailbox(() -> answered(sealed, trigger, written, reason, millis));
                        });
    }

    private void inMailbox(Runnable action) {
        try {
            mailbox.execute(action::run, "ClickHouse answered");
        } catch (RejectedExecutionException closed) {
            LOG.debug("An answer for {} came after the writer was closed.", title);
        }
    }

    private void answered(
            SealedBlock sealed, Trigger trigger, Long written, Throwable reason, long millis) {
        inFlight--;
        if (reason != null) {
            metrics.failed(sealed);
            Throwable cause = Explanation.unwrap(reason);
            failure = failure == null ? Explanation.of(cause, "The insert", title, "") : failure;
            throw failure;
        }
        if (overdue) {
            sendOverdue();
        }
        if (metrics.acknowledged(sealed, trigger, written, millis) && !warned) {
            warned = true;
            LOG.warn(
                    "ClickHouse says that it wrote {} of the {} rows of a block into {}.",
                    written,
                    sealed.rows(),
                    title);
        }
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }
}
