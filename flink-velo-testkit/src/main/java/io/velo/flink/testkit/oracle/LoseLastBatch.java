// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Gathers transactions to batches and forgets the last one when it is closed. */
final class LoseLastBatch extends ForwardingDelivery {

    private static final int BATCH = 10;

    private final List<Transaction> batch = new ArrayList<>();

    LoseLastBatch(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        // Full batches go when the next transaction comes, so that there is always one to lose.
        if (batch.size() == BATCH) {
            batch.forEach(super::deliver);
            batch.clear();
        }
        batch.add(transaction);
    }
}
