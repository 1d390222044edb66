// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.EndpointHealth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;

/**
 * What the parallel instances of one join in this process share: the queue of keys, the threads
 * with their connections, the cache, what is known of the endpoints. It closes with its last user.
 * Thread-safe.
 */
final class LookupPool<K> {

    /** While one request is under way the next is put together. */
    private static final int WORKERS_PER_USER = 2;

    private static final long CLOSE_MILLIS = 2_000;

    private static final Map<UUID, LookupPool<?>> OPEN = new HashMap<>();

    private final LookupTable<K> table;
    private final LookupSettings settings;
    private final KeyQueue<K> queue;
    private final AnswerCache<K> cache;
    private final List<Endpoint<K>> endpoints = new ArrayList<>();
    private final HealthChecks checks;
    private final List<LookupWorker<K>> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int users;

    private LookupPool(LookupTable<K> table, LookupSettings settings) {
        this.table = table;
        this.settings = settings;
        this.queue = new KeyQueue<>(settings);
        this.cache =
                settings.cache() == null
                        ? null
                        : new AnswerCache<>(settings.cache(), System::nanoTime);
        table.servers().forEach(server -> endpoints.add(Endpoint.of(server, settings)));
        this.checks = new HealthChecks(endpoints, threadName("health"), HealthChecks.EVERY);
    }

    /** The pool of a join for one more subtask, which must give it back by {@link #release}. */
    @SuppressWarnings("unchecked")
    static <K> LookupPool<K> acquire(UUID join, LookupTable<K> table, LookupSettings settings) {
        synchronized (OPEN) {
            LookupPool<K> pool =
                    (LookupPool<K>)
                            OPEN.computeIfAbsent(join, id -> new LookupPool<>(table, settings));
            pool.users++;
            pool.queue.users(1);
            return pool;
        }
    }

    /** Says that a subtask is done with the pool of its join. */
    static void release(UUID join) throws InterruptedException {
        LookupPool<?> last;
        synchronized (OPEN) {
            LookupPool<?> pool = OPEN.get(join);
            pool.queue.users(-1);
            last = --pool.users == 0 ? OPEN.remove(join) : null;
        }
        if (last != null) {
            last.close();
        }
    }

    /**
     * Starts the threads that one more subtask is worth.
     *
     * @param metrics of the subtask
     * @return completed when a connection is open, or with why none can be opened
     */
    synchronized CompletableFuture<Void> start(VeloMetrics metrics) {
        int wanted = Math.min(settings.connections(), workers.size() + WORKERS_PER_USER);
        LookupWorker<K> first = null;
        while (workers.size() < wanted) {
            // The others open theirs when there is work for them.
            LookupWorker<K> worker = new LookupWorker<>(this, metrics, first == null);
            Thread thread = new Thread(worker, threadName("" + workers.size()));
            thread.setDaemon(true);
            thread.setContextClassLoader(table.getClass().getClassLoader());
            workers.add(worker);
            threads.add(thread);
            thread.start();
            first = first == null ? worker : first;
        }
        return first == null ? workers.get(0).opened() : first.opened();
    }

    private String threadName(String what) {
        return "velo-" + table.scheme() + "-lookup-" + what;
    }

    /** A worker has ended; without any the keys that wait would wait for ever. */
    synchronized void ended(LookupWorker<K> worker) {
        int position = workers.indexOf(worker);
        if (position >= 0) {
            workers.remove(position);
            threads.remove(position);
        }
        if (workers.isEmpty()) {
            refuse();
        }
    }

    private void refuse() {
        queue.close().forEach(key -> key.answer().completeExceptionally(closing()));
    }

    private void close() throws InterruptedException {
        refuse();
        checks.close();
        List<Thread> ending;
        synchronized (this) {
            workers.forEach(LookupWorker::abort);
            ending = List.copyOf(threads);
        }
        ending.forEach(Thread::interrupt);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        for (Thread thread : ending) {
            // One that is just connecting ends by itself when that has failed.
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    /** The answer for a key; a failure if the pool is closed. */
    CompletableFuture<Collection<RowData>> lookUp(K key) {
        CompletableFuture<Collection<RowData>> answer = queue.add(key);
        return answer == null ? CompletableFuture.failedFuture(closing()) : answer;
    }

    /** The table's own endpoint. */
    Endpoint<K> own() {
        return endpoints.get(0);
    }

    /** The endpoints, the one to be asked first in front: the first that is not unhealthy. */
    List<Endpoint<K>> endpoints() {
        int first = 0;
        while (first < endpoints.size()
                && endpoints.get(first).health().state() == EndpointHealth.State.UNHEALTHY) {
            first++;
        }
        if (first == 0 || first == endpoints.size()) {
            return endpoints;
        }
        List<Endpoint<K>> ordered = new ArrayList<>(endpoints.subList(first, endpoints.size()));
        ordered.addAll(endpoints.subList(0, first));
        return ordered;
    }

    VeloException closing() {
        return Problem.of(ErrorCode.IO_UNREACHABLE, "The lookup was closed before it was answered.")
                .at(table.name())
                .toException();
    }

    LookupTable<K> table() {
        return table;
    }

    LookupSettings settings() {
        return settings;
    }

    KeyQueue<K> queue() {
        return queue;
    }

    /** The cache in front of the queue, or null. */
    AnswerCache<K> cache() {
        return cache;
    }
}
