// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Optional;

/**
 * The way of a workload's changes to where the oracle sees them. The honest one is {@link
 * LedgerDelivery}; a {@link PlantedBug} stands before another. Not thread-safe.
 */
public interface Delivery extends AutoCloseable {

    /** Takes a whole transaction; what an aborted one changes must not be seen. */
    void deliver(Transaction transaction);

    /** The row of this key as it stands. */
    Optional<Version> lookup(long key);

    /** All transactions were delivered. */
    @Override
    void close();
}
