// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.table.data.RowData;

/**
 * Collects keys into batches. A batch is given out when it is full, when no more keys can come
 * because as many rows as Flink keeps under way wait already, when none came for a moment, or when
 * its first key has waited long enough. Threads are woken per batch and not per key. Thread-safe.
 *
 * <p>A key is under way once at a time: rows that want one that waits join it; rows that want one
 * that was sent wait for the next request, since the answer under way may be older than they are.
 */
final class KeyQueue<K> {

    /** How long the arrival of another key is waited for. */
    private static final long LULL_NANOS = 100_000;

    private final int batchSize;
    private final long longestWaitNanos;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition complete = lock.newCondition();

    /** The newest of each key that has no answer yet. */
    private final Map<K, PendingKey<K>> newest = new HashMap<>();

    private List<PendingKey<K>> waiting = new ArrayList<>();
    private long firstArrival;
    private int rows;
    private int users;
    private boolean gathering;
    private boolean closed;

    KeyQueue(LookupSettings settings) {
        this.batchSize = settings.batchSize();
        this.longestWaitNanos = settings.batchTimeout().toNanos();
        this.capacity = settings.capacity();
    }

    /** One more subtask, or one less, hands keys in. */
    void users(int more) {
        lock.lock();
        try {
            users += more;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a key; null if the queue is closed. */
    CompletableFuture<Collection<RowData>> add(K key) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            rows++;
            PendingKey<K> pending = newest.get(key);
            if (pending != null && !pending.isSent()) {
                pending.join();
            } else {
                PendingKey<K> added = new PendingKey<>(key);
                newest.put(key, added);
                if (pending == null) {
                    enqueue(added);
                } else {
                    pending.followedBy(added);
                }
                pending = added;
            }
            if (isComplete()) {
                complete.signalAll();
            }
            return pending.answer();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(PendingKey<K> key) {
        waiting.add(key);
        if (waiting.size() == 1) {
            firstArrival = System.nanoTime();
            arrived.signal();
        }
    }

    /** The next batch, waiting for it; empty once the queue is closed. */
    List<PendingKey<K>> take() throws InterruptedException {
        lock.lock();
        try {
            while ((waiting.isEmpty() || gathering) && !closed) {
                arrived.await();
            }
            gather();
            List<PendingKey<K>> batch = closed ? List.of() : cut();
            batch.forEach(PendingKey::send);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather() throws InterruptedException {
        gathering = true;
        try {
            long left = longestWaitNanos - (System.nanoTime() - firstArrival);
            int before = -1;
            while (!isComplete() && !closed && left > 0 && before != waiting.size()) {
                before = waiting.size();
                complete.awaitNanos(Math.min(left, LULL_NANOS));
                left = longestWaitNanos - (System.nanoTime() - firstArrival);
            }
        } finally {
            gathering = false;
            // Another thread may gather what is left or comes next.
            arrived.signal();
        }
    }

    private boolean isComplete() {
        return waiting.size() >= batchSize || rows >= (long) capacity * users;
    }

    private List<PendingKey<K>> cut() {
        List<PendingKey<K>> batch = waiting;
        if (batch.size() <= batchSize) {
            waiting = new ArrayList<>(batch.size());
            return batch;
        }
        List<PendingKey<K>> rest = batch.subList(batchSize, batch.size());
        firstArrival = System.nanoTime();
        waiting = new ArrayList<>(rest);
        rest.clear();
        return batch;
    }

    /** The keys of a batch have their answers, or are about to have them. */
    void answered(List<PendingKey<K>> batch) {
        lock.lock();
        try {
            for (PendingKey<K> key : batch) {
                rows -= key.rows();
                if (key.next() == null) {
                    newest.remove(key.key());
                } else if (!closed) {
                    enqueue(key.next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more keys and wakes all who wait; returns the keys that nobody will answer. */
    List<PendingKey<K>> close() {
        lock.lock();
        try {
            closed = true;
            List<PendingKey<K>> left =
                    newest.values().stream().filter(key -> !key.isSent()).toList();
            waiting = new ArrayList<>();
            arrived.signalAll();
            complete.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not longer than until the queue is closed. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = complete.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
