// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.common.batch.BatchControl;
import io.velo.flink.common.batch.SealReason;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows at least once: a checkpoint completes only after every row before it was acknowledged
 * or dealt with by the failure strategy. Rows are encoded at once into the open block; a block is
 * sealed when it is full, when its first row waited for the batch timeout, at a checkpoint and at
 * the end, and its bytes are kept until the server acknowledged them.
 *
 * <p>All methods run in the task's thread; answers come back through the mailbox.
 */
final class ClickHouseWriter implements SinkWriter<RowData>, PoisonSearch.Task {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseWriter.class);

    private final WritePlan plan;
    private final RowIntake intake;
    private final OpenBlock block;
    private final BatchControl batching;
    private final BlockCeiling ceiling;
    private final BlockSender sender;
    private final String statement;
    private final int mostInFlight;
    private final MailboxExecutor mailbox;
    private final FailureHandler failures;
    private final AtomicBoolean cancelled;
    private final SendMetrics metrics;
    private final KeyDeletes deletes;
    private final PoisonSearch search;
    private final ChangedColumns changes;
    private final Deque<RejectedBlock> rejected = new ArrayDeque<>();
    private int inFlight;
    private boolean overdue;
    private boolean searching;
    private VeloException failure;

    /**
     * A writer.
     *
     * @param deletes gathers removals, or null if they are rows or there are none
     * @param batches where its batches are counted
     */
    ClickHouseWriter(
            WritePlan plan,
            OpenedTable table,
            BlockSender sender,
            BlockCeiling ceiling,
            KeyDeletes deletes,
            WriterShare share,
            WriterInitContext context,
            VeloMetrics batches) {
        this.plan = plan;
        this.intake = new RowIntake(plan, table, share, context, plan.failure().survives());
        this.block = intake.block();
        this.batching =
                new BatchControl(
                        plan.batching(),
                        context.getProcessingTimeService(),
                        batches,
                        reason -> sendOverdue());
        this.ceiling = ceiling;
        this.changes = sender.changes(table);
        this.deletes = deletes;
        this.sender = sender;
        this.statement = table.statement();
        this.mostInFlight = table.oneByOne() ? 1 : plan.batching().inFlight();
        this.mailbox = context.getMailboxExecutor();
        this.failures = share.failures();
        this.cancelled = share.cancelled();
        this.metrics = share.sent();
        this.search = new PoisonSearch(new RowsOfBlock(table), this);
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        throwIfFailed();
        if (deletes != null && removes(row)) {
            return;
        }
        if (!intake.take(row)) {
            return;
        }
        SealReason full = batching.added(block.size(), block.bytes());
        if (full != null) {
            send(full);
        } else if (block.size() >= ceiling.rows()) {
            send(SealReason.ROWS);
        }
    }

    /** Sends the open block as {@link #flush} does, and does not wait for the answers. */
    void beginFlush(boolean endOfInput) throws IOException, InterruptedException {
        send(endOfInput ? SealReason.END : SealReason.CHECKPOINT);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        beginFlush(endOfInput);
        awaitPlaces(0);
        if (deletes != null) {
            deletes.run();
        }
        failures.beforeCheckpoint();
    }

    @Override
    public void close() throws Exception {
        try (sender) {
            failures.close();
        }
    }

    /** Gathers a removal; runs those that must come before this row. */
    private boolean removes(RowData row) throws IOException, InterruptedException {
        boolean removal = row.getRowKind() == RowKind.DELETE;
        if (removal) {
            deletes.add(row);
        }
        if (deletes.isFull() || !removal && deletes.has(row)) {
            send(SealReason.ROWS);
            awaitPlaces(0);
            deletes.run();
        }
        return removal;
    }

    /**
     * Sends the open block if a place is free, else with the next answer. A timer must not wait:
     * the interrupt of a cancelled task would end the wait and not the task.
     */
    private void sendOverdue() {
        overdue = inFlight >= mostInFlight || searching || !rejected.isEmpty();
        if (!overdue && block.size() > 0) {
            seal(SealReason.TIME);
        }
    }

    /** Seals the open block and sends it as soon as a place is free. */
    private void send(SealReason reason) throws IOException, InterruptedException {
        awaitPlaces(mostInFlight - 1);
        // The timer may have sent the block while this call waited.
        if (block.size() > 0) {
            seal(reason);
        }
    }

    /** Waits until that few blocks are under way and no rejected one is left. */
    private void awaitPlaces(int most) throws IOException, InterruptedException {
        while (inFlight > most || !rejected.isEmpty()) {
            if (rejected.isEmpty()) {
                awaitMail();
            } else {
                settle(rejected.remove());
            }
            throwIfFailed();
        }
    }

    /**
     * Waits for an answer or a timer. An interrupt counts for all that follows: Flink leaves one
     * that met the flush of a checkpoint at that, and hands a cancelled writer one more row.
     */
    private void awaitMail() throws InterruptedException {
        try {
            mailbox.yield();
        } catch (InterruptedException e) {
            cancelled.set(true);
            throw e;
        }
    }

    private void seal(SealReason reason) {
        overdue = false;
        RowBlock sealed = block.seal();
        batching.sealed(reason);
        inFlight++;
        String token = UUID.randomUUID().toString();
        long started = System.nanoTime();
        CompletableFuture<SealedBlock> packed = sender.pack(sealed.encoded());
        packed.thenCompose(bytes -> sender.send(statement, bytes, token))
                .whenComplete(
                        (written, reasonOfFailure) ->
                                inMailbox(
                                        () -> {
                                            inFlight--;
                                            if (reasonOfFailure == null) {
                                                acknowledged(packed.join(), written, started);
                                            } else {
                                                refused(sealed, token, reasonOfFailure);
                                            }
                                            if (overdue) {
                                                sendOverdue();
                                            }
                                        }));
    }

    private void inMailbox(Runnable action) {
        try {
            mailbox.execute(action::run, "ClickHouse answered");
        } catch (RejectedExecutionException closed) {
            LOG.debug("An answer came after the writer of {} was closed.", plan.table().title());
        }
    }

    private void acknowledged(SealedBlock sealed, long written, long started) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        metrics.acknowledged(sealed, written, millis);
        batching.written(sealed.rows(), millis);
        ceiling.acknowledged(sealed.rows());
    }

    private void refused(RowBlock sealed, String token, Throwable reason) {
        FailureClass type = Explanation.classify(reason);
        boolean passing = type == FailureClass.TRANSIENT || type == FailureClass.DOUBTFUL;
        if (sealed.keepsRows() && type == FailureClass.DATA) {
            rejected.add(new RejectedBlock(sealed, token, reason, true));
        } else if (sealed.keepsRows() && passing && plan.failure().retriesRows()) {
            rejected.add(new RejectedBlock(sealed, token, reason, false));
        } else {
            metrics.failed(sealed.encoded().rows());
            failure = failure == null ? sender.explain(reason) : failure;
            throw failure;
        }
    }

    private void settle(RejectedBlock block) throws IOException, InterruptedException {
        searching = true;
        try {
            if (block.rowByRow()) {
                changes.check(block.failure());
                search.search(block);
            } else {
                VeloException reason = sender.explain(block.failure());
                for (RowData row : block.block().rows()) {
                    intake.exhausted(row, reason, plan.retry().attempts());
                }
            }
        } finally {
            searching = false;
        }
    }

    @Override
    public Throwable send(SealedBlock part, String token) throws InterruptedException {
        long started = System.nanoTime();
        CompletableFuture<Long> answer = sender.send(statement, part, token);
        answer.whenComplete((written, reason) -> inMailbox(() -> {}));
        while (!answer.isDone()) {
            awaitMail();
            throwIfFailed();
        }
        Throwable reason = answer.handle((written, thrown) -> thrown).join();
        if (reason == null) {
            acknowledged(part, answer.join(), started);
        } else if (Explanation.classify(reason) != FailureClass.DATA) {
            metrics.failed(part.rows());
            throw sender.explain(reason);
        }
        return reason;
    }

    @Override
    public void poison(RowBlock ofBlock, int row, Throwable reason)
            throws IOException, InterruptedException {
        intake.rejected(ofBlock.rows().get(row), sender.explain(reason));
    }

    private void throwIfFailed() throws InterruptedException {
        if (cancelled.get()) {
            throw new InterruptedException("The task was cancelled.");
        }
        if (failure != null) {
            throw failure;
        }
    }
}
