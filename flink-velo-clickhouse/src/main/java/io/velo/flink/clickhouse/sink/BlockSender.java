// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlock;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.AsyncRetry;
import io.velo.flink.common.retry.RetryBudget;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.common.retry.RetryPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends sealed blocks and, when an attempt fails for a passing reason, the same bytes again under
 * the same token, so that a server with a deduplication window stores them once. One thread of its
 * own packs blocks and waits out pauses. Thread-safe.
 */
final class BlockSender implements AutoCloseable {

    /** Added to each pause after 252: merges have to catch up, and asking sooner adds load. */
    private static final Duration MERGE_PAUSE = Duration.ofSeconds(5);

    /** What tells the token of a part from that of its block. */
    static final String PART = "/part-";

    /** The same bytes go out as often. */
    private static final int MOST_PARTS = 256;

    private final HttpTransport transport;
    private final InsertSettings settings;
    private final String title;
    private final ScheduledThreadPoolExecutor worker;
    private final AsyncRetry retry;
    private final Set<CompletableFuture<Long>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile PartitionSplit split;

    BlockSender(
            HttpTransport transport,
            InsertSettings settings,
            String title,
            RetryPlan plan,
            RetryListener listener) {
        this.transport = transport;
        this.settings = settings;
        this.title = title;
        this.worker =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "velo-clickhouse-sender");
                            thread.setDaemon(true);
                            return thread;
                        });
        this.retry = AsyncRetry.of(plan, Explanation::classify, worker).telling(listener);
    }

    /** Makes blocks of too many partitions go out in parts; null for not. */
    void cutBy(PartitionSplit bySplit) {
        split = bySplit;
    }

    /**
     * Packs the block in this sender's thread, behind those that wait there already. A sender that
     * is closed packs no more: then the future stays open or fails.
     */
    CompletableFuture<SealedBlock> pack(NativeBlock block) {
        try {
            return CompletableFuture.supplyAsync(() -> packed(block), worker);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private SealedBlock packed(NativeBlock block) {
        try {
            return block.pack();
        } catch (RuntimeException | OutOfMemoryError broken) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "A block of "
                                    + block.rows()
                                    + " rows for "
                                    + title
                                    + " cannot be packed: "
                                    + broken.getMessage())
                    .at(transport.target().place())
                    .remedy("Lower batch-bytes or batch-size, or give the TaskManager more memory.")
                    .toException(broken);
        }
    }

    /**
     * Sends the block. The future ends with the rows that the server says it wrote, or -1 if it
     * does not say, or fails with the failure of the last attempt.
     *
     * @param statement the INSERT up to its FORMAT clause
     * @param token what the server knows the block by; different blocks must have different ones
     */
    CompletableFuture<Long> send(String statement, SealedBlock block, String token) {
        Optional<String> always = Optional.of(statement);
        return send(attempt -> always, block, token);
    }

    /**
     * As {@link #send(String, SealedBlock, String)}, with a statement for each attempt. If there is
     * none because the block is in the table, the future ends with 0.
     */
    CompletableFuture<Long> send(InsertStatement statement, SealedBlock block, String token) {
        Sending sending = new Sending(statement, block, token);
        return orInParts(retry.call(sending::attempt), sending, 0, 1);
    }

    /**
     * What was sent, or the two halves of its partitions if the server takes no block of so many.
     * The server refuses such a block before it stores anything, unless a materialized view refuses
     * it: then the rows are in the table. A part always has the same token, so that it is
     * recognized if the block goes out again.
     */
    private CompletableFuture<Long> orInParts(
            CompletableFuture<Long> sent, Sending whole, int number, int parts) {
        if (split == null) {
            return sent;
        }
        return sent.handle(
                        (written, failure) -> {
                            if (failure == null) {
                                return CompletableFuture.completedFuture(written);
                            }
                            return tooManyPartitions(failure)
                                            && parts < MOST_PARTS
                                            && PartitionSplit.cuts(whole.last)
                                    ? inParts(whole, number, parts)
                                    : CompletableFuture.<Long>failedFuture(failure);
                        })
                .thenCompose(answer -> answer);
    }

    private CompletableFuture<Long> inParts(Sending whole, int number, int parts) {
        return part(whole, number, 2 * parts)
                .thenCompose(
                        first ->
                                part(whole, number + parts, 2 * parts)
                                        .thenApply(second -> first + second));
    }

    private CompletableFuture<Long> part(Sending whole, int number, int parts) {
        PartitionSplit by = split;
        InsertStatement statement =
                attempt ->
                        attempt == 1
                                ? Optional.of(by.part(whole.last, number, parts))
                                : whole.statement
                                        .of(attempt)
                                        .map(sql -> by.part(sql, number, parts));
        String token = whole.token + PART + number + "-of-" + parts;
        Sending part = new Sending(statement, whole.block, token);
        return orInParts(retry.call(part::attempt), whole, number, parts);
    }

    private static boolean tooManyPartitions(Throwable failure) {
        return Explanation.unwrap(failure) instanceof ServerFailure server
                && server.tooManyPartitions()
                && !server.byView();
    }

    /** Tells, of a block that the server rejects, whether the table has changed. */
    ChangedColumns changes(OpenedTable table) {
        return new ChangedColumns(transport, table);
    }

    /** What a failure of {@link #send} means to the user. */
    VeloException explain(Throwable failure) {
        return Explanation.of(
                failure, "The insert into " + title, transport.host(), transport.target().place());
    }

    /**
     * Stops trying. Requests under way are cut off, for the client keeps its thread and sockets as
     * long as one waits for its answer; their futures end as cancelled.
     */
    @Override
    public void close() {
        closed = true;
        worker.shutdownNow();
        underWay.forEach(request -> request.cancel(true));
    }

    private final class Sending {

        private final InsertStatement statement;
        private final SealedBlock block;
        private final String token;
        private boolean full;
        private volatile String last = "";

        Sending(InsertStatement statement, SealedBlock block, String token) {
            this.statement = statement;
            this.block = block;
            this.token = token;
        }

        CompletableFuture<Long> attempt(RetryBudget budget) {
            if (!full) {
                return insert(budget.attempt());
            }
            full = false;
            CompletableFuture<Long> later = new CompletableFuture<>();
            worker.schedule(
                    () ->
                            insert(budget.attempt())
                                    .whenComplete(
                                            (written, failure) -> {
                                                if (failure == null) {
                                                    later.complete(written);
                                                } else {
                                                    later.completeExceptionally(failure);
                                                }
                                            }),
                    MERGE_PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
            return later;
        }

        private CompletableFuture<Long> insert(int number) {
            CompletableFuture<Long> request;
            try {
                Optional<String> sql = statement.of(number);
                if (sql.isEmpty()) {
                    return CompletableFuture.completedFuture(0L);
                }
                last = sql.get();
                request = transport.insert(last, block, settings.of(last, token, number));
            } catch (IOException | RuntimeException broken) {
                return CompletableFuture.failedFuture(broken);
            }
            underWay.add(request);
            if (closed) {
                request.cancel(true);
            }
            return request.whenComplete(
                    (written, failure) -> {
                        underWay.remove(request);
                        if (HttpTransport.notConnected(Explanation.unwrap(failure))) {
                            statement.notSent();
                        }
                        full =
                                Explanation.unwrap(failure) instanceof ServerFailure server
                                        && server.code() == ServerFailure.TOO_MANY_PARTS;
                    });
        }
    }
}
