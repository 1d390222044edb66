// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Optional;

/** Hands everything on, for wrappers that change one thing. */
abstract class ForwardingDelivery implements Delivery {

    private final Delivery next;

    ForwardingDelivery(Delivery next) {
        this.next = next;
    }

    @Override
    public void deliver(Transaction transaction) {
        next.deliver(transaction);
    }

    @Override
    public Optional<Version> lookup(long key) {
        return next.lookup(key);
    }

    @Override
    public void close() {
        next.close();
    }
}
