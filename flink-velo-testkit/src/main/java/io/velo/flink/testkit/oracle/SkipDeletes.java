// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Forgets each tenth delete. */
final class SkipDeletes extends ForwardingDelivery {

    private static final int DISTANCE = 10;

    private long count;

    SkipDeletes(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        List<Change> kept = new ArrayList<>();
        for (Change change : transaction.changes()) {
            boolean delete = transaction.isCommitted() && change.operation() == Operation.DELETE;
            if (!delete || ++count % DISTANCE != 0) {
                kept.add(change);
            }
        }
        super.deliver(transaction.with(kept));
    }
}
