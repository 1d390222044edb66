// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A delivery without faults: a stream of changes and, for keyed workloads, a table. Not
 * thread-safe.
 */
public final class LedgerDelivery implements Delivery {

    private final Ledger ledger;
    private final Map<Long, Version> table = new HashMap<>();

    /** A delivery that tells this ledger what it sees. */
    public LedgerDelivery(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void deliver(Transaction transaction) {
        if (!transaction.isCommitted()) {
            return;
        }
        for (Change change : transaction.changes()) {
            ledger.saw(change.operation(), change.row());
            if (change.operation() == Operation.DELETE) {
                table.remove(change.row().key());
            } else {
                table.put(change.row().key(), change.row());
            }
        }
        ledger.consistentPoint();
        if (isKeyed()) {
            ledger.tableStands(table.values());
        }
    }

    @Override
    public Optional<Version> lookup(long key) {
        return Optional.ofNullable(table.get(key));
    }

    @Override
    public void close() {
        if (isKeyed()) {
            ledger.tableEnds(table.values());
        }
    }

    private boolean isKeyed() {
        return ledger.workload().shape() == Workload.Shape.KEYED;
    }
}
