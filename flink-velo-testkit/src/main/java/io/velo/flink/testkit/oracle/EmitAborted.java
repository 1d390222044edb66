// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/** Delivers what was aborted as if it had been committed. */
final class EmitAborted extends ForwardingDelivery {

    EmitAborted(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        super.deliver(
                new Transaction(
                        transaction.writer(),
                        transaction.number(),
                        Transaction.Outcome.COMMITTED,
                        transaction.changes()));
    }
}
