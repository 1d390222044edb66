// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects keys into batches. A batch is given out when it is full, when its first key has waited
 * long enough, or when no more keys can come because as many as Flink keeps under way are waiting
 * already. Threads are woken per batch and not per key. Thread-safe.
 */
final class KeyQueue {

    private final TableLookup.Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition complete = lock.newCondition();

    private List<PendingKey> waiting = new ArrayList<>();
    private long firstArrival;
    private int underWay;
    private boolean gathering;
    private boolean closed;

    KeyQueue(TableLookup.Limits limits) {
        this.limits = limits;
    }

    /** Adds a key; false if the queue is closed. */
    boolean add(PendingKey key) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(key);
            if (waiting.size() == 1) {
                firstArrival = System.nanoTime();
                arrived.signal();
            }
            if (isComplete()) {
                complete.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, waiting for it; empty once the queue is closed. */
    List<PendingKey> take() throws InterruptedException {
        lock.lock();
        try {
            while ((waiting.isEmpty() || gathering) && !closed) {
                arrived.await();
            }
            gather();
            List<PendingKey> batch = closed ? List.of() : cut();
            underWay += batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather() throws InterruptedException {
        gathering = true;
        try {
            long deadline = firstArrival + limits.batchTimeout().toNanos();
            long left = deadline - System.nanoTime();
            while (!isComplete() && !closed && left > 0) {
                left = complete.awaitNanos(left);
            }
        } finally {
            gathering = false;
            // Another thread may gather what is left or comes next.
            arrived.signal();
        }
    }

    private boolean isComplete() {
        return waiting.size() >= limits.batchSize()
                || waiting.size() + underWay >= limits.capacity();
    }

    private List<PendingKey> cut() {
        List<PendingKey> batch = waiting;
        if (batch.size() <= limits.batchSize()) {
            waiting = new ArrayList<>(batch.size());
            return batch;
        }
        List<PendingKey> rest = batch.subList(limits.batchSize(), batch.size());
        firstArrival = System.nanoTime();
        waiting = new ArrayList<>(rest);
        rest.clear();
        return batch;
    }

    /** So many keys have their answer. */
    void answered(int keys) {
        lock.lock();
        try {
            underWay -= keys;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more keys and wakes all who wait; returns the keys that nobody will answer. */
    List<PendingKey> close() {
        lock.lock();
        try {
            closed = true;
            List<PendingKey> left = waiting;
            waiting = new ArrayList<>();
            arrived.signalAll();
            complete.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not longer than until the queue is closed. */
    void pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = complete.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many keys wait or are being answered. */
    int underWay() {
        lock.lock();
        try {
            return waiting.size() + underWay;
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
