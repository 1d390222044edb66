// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.List;

/** Delivers each tenth transaction as two. */
final class SplitTransactions extends ForwardingDelivery {

    private static final int DISTANCE = 10;

    private long count;

    SplitTransactions(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        List<Change> changes = transaction.changes();
        int half = changes.size() / 2;
        if (half == 0 || ++count % DISTANCE != 0) {
            super.deliver(transaction);
            return;
        }
        super.deliver(transaction.with(changes.subList(0, half)));
        super.deliver(transaction.with(changes.subList(half, changes.size())));
    }
}
