// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** The changes of one writer one after the other, through a planted bug or none. */
final class RowFeed<T> implements Iterator<T> {

    private final Iterator<Transaction> transactions;
    private final RowShape<T> shape;
    private final Queue<T> rows = new ArrayDeque<>();
    private final Delivery delivery;
    private boolean closed;

    RowFeed(Workload workload, int writer, PlantedBug bug, RowShape<T> shape) {
        this.transactions = workload.transactions(writer);
        this.shape = shape;
        Delivery honest = new QueueDelivery();
        this.delivery = bug == null ? honest : bug.before(honest);
    }

    @Override
    public boolean hasNext() {
        while (rows.isEmpty() && !closed) {
            if (transactions.hasNext()) {
                delivery.deliver(transactions.next());
            } else {
                delivery.close();
                closed = true;
            }
        }
        return !rows.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The writer has made all its changes.");
        }
        return rows.remove();
    }

    /** Puts committed changes into the queue. */
    private final class QueueDelivery implements Delivery {

        @Override
        public void deliver(Transaction transaction) {
            if (transaction.isCommitted()) {
                transaction.changes().forEach(change -> shape.rows(change, rows::add));
            }
        }

        @Override
        public Optional<Version> lookup(long key) {
            throw new UnsupportedOperationException("A stream of changes has no lookups.");
        }

        @Override
        public void close() {
            // Nothing is held back.
        }
    }
}
