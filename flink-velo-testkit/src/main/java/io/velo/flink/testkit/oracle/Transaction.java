// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.List;

/**
 * Changes of one writer that belong together.
 *
 * @param writer who makes it, from 0
 * @param number its number among the writer's, from 0 without gaps
 * @param outcome whether it takes place
 * @param changes 1 to 50 changes in their order
 */
public record Transaction(int writer, long number, Outcome outcome, List<Change> changes) {

    /** How a transaction ends. */
    public enum Outcome {
        COMMITTED,
        ABORTED
    }

    public Transaction {
        changes = List.copyOf(changes);
    }

    /** Whether its changes take place. */
    public boolean isCommitted() {
        return outcome == Outcome.COMMITTED;
    }

    /** The same with other changes. */
    public Transaction with(List<Change> others) {
        return new Transaction(writer, number, outcome, others);
    }
}
