// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.RetryListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One connection and the thread that owns it: takes the requests that have gathered, asks for all
 * of them in one pipeline, answers them, and starts over. While one pipeline is under way the next
 * one gathers, so waiting for company is rarely needed and ends as soon as no more arrives.
 * Thread-safe.
 */
final class LookupLane implements AutoCloseable {

    /** How long the arrival of another request is waited for, if the batch is not full. */
    private static final long LULL_NANOS = 100_000;

    private final RedisSession session;
    private final ValueDecoder decoder;
    private final LookupBatching batching;
    private final LinkedBlockingQueue<LookupRequest> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;

    /** A lane that opens its connection in its own thread. */
    LookupLane(LookupPlan plan, LookupBatching batching, RetryListener listener) {
        this.session = new RedisSession(plan.endpoint(), batching.retry(), listener);
        this.decoder = ValueDecoder.of(plan);
        this.batching = batching;
        this.thread = new Thread(this::run, "velo-redis-lookup " + plan.endpoint().address());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until the connection is open.
     *
     * @throws VeloException if it cannot be opened
     */
    void awaitOpen() throws InterruptedException {
        try {
            opened.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof VeloException problem
                    ? problem
                    : new IllegalStateException(e.getCause());
        }
    }

    /** Hands a request in; its answer comes from the lane's thread. */
    void submit(LookupRequest request) {
        waiting.add(request);
        if (closed) {
            failWaiting();
        }
    }

    /** Whether the lane has ended, on demand or because its connection could not be opened. */
    boolean isClosed() {
        return closed;
    }

    /** Ends the thread; requests that are not answered fail. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            session.open();
            opened.complete(null);
            List<LookupRequest> batch = new ArrayList<>();
            while (!closed) {
                gather(batch);
                answer(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            opened.completeExceptionally(closing());
        } catch (RuntimeException e) {
            opened.completeExceptionally(e);
        } finally {
            closed = true;
            failWaiting();
            session.close();
        }
    }

    private void gather(List<LookupRequest> batch) throws InterruptedException {
        batch.add(waiting.take());
        long start = System.nanoTime();
        while (true) {
            waiting.drainTo(batch, batching.size() - batch.size());
            long left = batching.longestWait().toNanos() - (System.nanoTime() - start);
            if (batch.size() >= batching.size() || left <= 0) {
                return;
            }
            LookupRequest next = waiting.poll(Math.min(left, LULL_NANOS), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    /** Whatever happens, every request of the batch is answered. */
    private void answer(List<LookupRequest> batch) throws InterruptedException {
        try {
            decoder.answer(session, batch);
        } catch (RuntimeException e) {
            batch.forEach(request -> request.failed(e));
        } catch (InterruptedException e) {
            batch.forEach(request -> request.failed(closing()));
            throw e;
        }
    }

    private void failWaiting() {
        for (LookupRequest next = waiting.poll(); next != null; next = waiting.poll()) {
            next.failed(closing());
        }
    }

    private VeloException closing() {
        return Problem.of(ErrorCode.IO_UNREACHABLE, "The lookup was closed before it was answered.")
                .at(session.endpoint().shown())
                .toException();
    }
}
