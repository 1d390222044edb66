// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Forgets each 1000th row. */
final class DropRows extends ForwardingDelivery {

    private static final int DISTANCE = 1_000;

    private long count;

    DropRows(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        List<Change> kept = new ArrayList<>();
        for (Change change : transaction.changes()) {
            if (!transaction.isCommitted() || ++count % DISTANCE != 0) {
                kept.add(change);
            }
        }
        super.deliver(transaction.with(kept));
    }
}
