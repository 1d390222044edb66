// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.RetryPolicy;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends sealed blocks and, when an attempt fails for a passing reason, the same bytes again under
 * the same token, so that a server with a deduplication window stores them once. Thread-safe.
 */
final class BlockSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BlockSender.class);

    private final HttpTransport transport;
    private final String statement;
    private final InsertSettings settings;
    private final String title;
    private final Runnable onRetry;
    private final ScheduledThreadPoolExecutor delays;
    private final Set<CompletableFuture<Long>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BlockSender(
            HttpTransport transport,
            String statement,
            InsertSettings settings,
            String title,
            Runnable onRetry) {
        this.transport = transport;
        this.statement = statement;
        this.settings = settings;
        this.title = title;
        this.onRetry = onRetry;
        this.delays =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "velo-clickhouse-retry");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Sends the block. The future ends with the rows that the server says it wrote, or -1 if it
     * does not say, or fails with a {@code VeloException} once no more attempts are due.
     */
    CompletableFuture<Long> send(SealedBlock block) {
        Sending sending = new Sending(block, UUID.randomUUID().toString());
        sending.attempt(1);
        return sending.result;
    }

    /**
     * Stops trying. Requests under way are cut off, for the client keeps its thread and sockets as
     * long as one waits for its answer; their futures end as cancelled.
     */
    @Override
    public void close() {
        closed = true;
        delays.shutdownNow();
        underWay.forEach(request -> request.cancel(true));
    }

    private final class Sending {

        private final SealedBlock block;
        private final String token;
        private final long started = System.nanoTime();
        private final CompletableFuture<Long> result = new CompletableFuture<>();

        Sending(SealedBlock block, String token) {
            this.block = block;
            this.token = token;
        }

        void attempt(int number) {
            CompletableFuture<Long> answer;
            try {
                answer = transport.insert(statement, block, settings.of(token, number));
            } catch (RuntimeException | Error broken) {
                // In the thread of the delays nobody else would see it, and the task would wait.
                result.completeExceptionally(broken);
                return;
            }
            answer.whenComplete(
                    (written, failure) -> {
                        if (failure == null) {
                            result.complete(written);
                        } else {
                            failed(number, failure);
                        }
                    });
        }

        private void failed(int number, Throwable failure) {
            long delay = RetryPolicy.FOR_INSERTS.delay(failure, number, started);
            if (delay < 0 || closed) {
                result.completeExceptionally(explain(failure));
                return;
            }
            onRetry.run();
            LOG.info(
                    "Insert {} into {} failed in attempt {}; next attempt in {} ms.",
                    token,
                    title,
                    number,
                    delay,
                    Explanation.unwrap(failure));
            try {
                delays.schedule(() -> attempt(number + 1), delay, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                result.completeExceptionally(explain(failure));
            }
        }

        private Exception explain(Throwable failure) {
            return Explanation.of(
                    failure,
                    "The insert into " + title,
                    transport.host(),
                    transport.target().place());
        }
    }
}
