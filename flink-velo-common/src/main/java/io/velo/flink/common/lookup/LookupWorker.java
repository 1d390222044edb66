// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.EndpointBreaker;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryBudget;
import io.velo.flink.common.retry.RetryMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * One thread with one connection that answers batches of keys until the queue is closed. Whatever
 * happens, every key of a batch is answered.
 */
final class LookupWorker<K> implements Runnable {

    private final LookupPool<K> pool;
    private final LookupTable<K> table;
    private final boolean opensAtOnce;
    private final Counter unasked;
    private final Retry retry;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private volatile LookupConnection<K> connection;
    private Endpoint<K> connected;
    private int attempts;
    private Duration spent = Duration.ZERO;

    /**
     * A worker that is not running yet.
     *
     * @param metrics counts what happens
     * @param opensAtOnce whether it connects before there is work
     */
    LookupWorker(LookupPool<K> pool, VeloMetrics metrics, boolean opensAtOnce) {
        this.pool = pool;
        this.table = pool.table();
        this.opensAtOnce = opensAtOnce;
        this.unasked = metrics.sharedCounter(VeloMetric.LOOKUPS_ON_OPEN);
        this.retry =
                Retry.of(pool.settings().retry(), this::classify)
                        .telling(new RetryMetrics(metrics, "A lookup in " + table.name()))
                        .waiting(pool.queue()::pause);
    }

    /** Completed when the first connection is open, or with why none can be opened. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    @Override
    public void run() {
        try {
            if (opensAtOnce) {
                open();
            }
            List<PendingKey<K>> batch = pool.queue().take();
            while (!batch.isEmpty()) {
                answer(new LookupBatch<>(batch));
                batch = pool.queue().take();
            }
        } catch (InterruptedException e) {
            // The pool is closing.
            opened.completeExceptionally(pool.closing());
        } catch (Exception e) {
            opened.completeExceptionally(e);
        } catch (Error e) {
            // A batch has been told by then.
            if (!opened.completeExceptionally(e)) {
                throw e;
            }
        } finally {
            disconnect();
            pool.ended(this);
        }
    }

    private void open() throws Exception {
        try {
            call(null);
        } catch (AllOpenException e) {
            // There will be a connection when the endpoints are no longer left alone.
        }
        opened.complete(null);
    }

    private void answer(LookupBatch<K> batch) throws InterruptedException {
        try {
            call(batch);
            settle(batch, null);
        } catch (InterruptedException e) {
            settle(batch, pool.closing());
            throw e;
        } catch (AllOpenException e) {
            settle(batch, e);
        } catch (Exception e) {
            settle(batch, e);
        } catch (Error e) {
            settle(batch, e);
            throw e;
        }
    }

    /** Attempts until one works; a batch of null is a mere connection. */
    private void call(LookupBatch<K> batch) throws Exception {
        try {
            retry.call(budget -> attempt(batch, budget));
        } catch (InterruptedException | AllOpenException e) {
            throw e;
        } catch (Exception e) {
            throw asException(table.told(e, attempts, spent));
        }
    }

    private static Exception asException(Throwable told) {
        return told instanceof Exception e ? e : new IllegalStateException(told);
    }

    /** Asks the endpoints in their order until one answers. */
    private Void attempt(LookupBatch<K> batch, RetryBudget budget) throws Exception {
        attempts = budget.attempt();
        Exception last = null;
        for (Endpoint<K> endpoint : pool.endpoints()) {
            if (!endpoint.breaker().tryCall()) {
                continue;
            }
            try {
                connect(endpoint);
                if (batch != null) {
                    connection.lookUp(batch.open(), batch);
                }
                endpoint.succeeded();
                return null;
            } catch (InterruptedException | Error e) {
                // Others share the breaker, which waits for the end of every call.
                endpoint.breaker().failed();
                throw e;
            } catch (Exception e) {
                disconnect();
                spent = budget.elapsed();
                if (pool.queue().isClosed()) {
                    endpoint.breaker().failed();
                    throw new InterruptedException();
                }
                if (classify(e).mostAttempts() == 1) {
                    endpoint.succeeded();
                    throw e;
                }
                endpoint.failed();
                last = e;
            }
        }
        // An open breaker answers at once: the pauses of a retry may be longer than it stays open.
        throw last == null || isAllOpen() ? new AllOpenException() : last;
    }

    private boolean isAllOpen() {
        return pool.endpoints().stream()
                .allMatch(endpoint -> endpoint.breaker().state() == EndpointBreaker.State.OPEN);
    }

    private FailureClass classify(Throwable failure) {
        return failure instanceof AllOpenException
                ? FailureClass.PERMANENT
                : table.classify(failure);
    }

    private void connect(Endpoint<K> endpoint) throws Exception {
        if (connection != null && connected != endpoint) {
            disconnect();
        }
        if (connection == null) {
            connection = endpoint.server().connect();
            connected = endpoint;
        }
    }

    /**
     * Hands the answers out.
     *
     * @param failure what keys without an answer get, or null if they have no rows
     */
    private void settle(LookupBatch<K> batch, Throwable failure) {
        List<PendingKey<K>> keys = batch.keys();
        pool.queue().answered(keys);
        for (int i = 0; i < keys.size(); i++) {
            K key = keys.get(i).key();
            complete(
                    keys.get(i).answer(),
                    failure == null || batch.isAnswered(i)
                            ? known(key, batch.answer(i))
                            : unknown(key, failure));
        }
    }

    @SuppressWarnings("unchecked")
    private Object known(K key, Object answer) {
        if (answer instanceof Throwable) {
            return answer;
        }
        Collection<RowData> rows = (Collection<RowData>) answer;
        if (pool.cache() != null) {
            pool.cache().put(key, rows);
        }
        return rows.isEmpty() && pool.settings().onMiss() == OnMiss.FAIL ? missing() : rows;
    }

    private Object unknown(K key, Throwable failure) {
        if (!(failure instanceof AllOpenException)) {
            return failure;
        }
        unasked.inc();
        return switch (pool.settings().onOpen()) {
            case FAIL -> leftAlone();
            case NULL -> List.of(table.rowOfNulls(key));
            case SKIP -> List.of();
            case STALE -> {
                Collection<RowData> old = pool.cache().stale(key);
                yield old == null ? leftAlone() : old;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static void complete(CompletableFuture<Collection<RowData>> future, Object answer) {
        if (answer instanceof Throwable reason) {
            future.completeExceptionally(reason);
        } else {
            future.complete((Collection<RowData>) answer);
        }
    }

    /** Cuts the connection, so that a request that waits for its answer ends. Any thread. */
    void abort() {
        LookupConnection<K> open = connection;
        if (open != null) {
            open.abort();
        }
    }

    private void disconnect() {
        LookupConnection<K> open = connection;
        connection = null;
        connected = null;
        if (open != null) {
            open.close();
        }
    }

    private VeloException leftAlone() {
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "The lookup was not made: the circuit breaker of every endpoint is open.")
                .at(table.name())
                .remedy(
                        "Is the server well? 'lookup.on-open' can let the job go on meanwhile,"
                                + " 'fallback.uris' name other servers.")
                .toException();
    }

    private VeloException missing() {
        return Problem.of(ErrorCode.SCHEMA_VALUE, "A key that is looked up does not exist.")
                .at(table.name())
                .remedy("With 'lookup.on-miss'='empty' the join finds no row for it.")
                .toException();
    }
}
