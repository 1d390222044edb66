// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/** Delivers a transaction again, after the next one. */
final class DuplicateAfterRetry extends ForwardingDelivery {

    private static final int DISTANCE = 20;

    private Transaction unanswered;
    private long count;

    DuplicateAfterRetry(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        super.deliver(transaction);
        if (!transaction.isCommitted()) {
            return;
        }
        if (unanswered != null) {
            super.deliver(unanswered);
            unanswered = null;
        }
        if (++count % DISTANCE == 0) {
            unanswered = transaction;
        }
    }
}
