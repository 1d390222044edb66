// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that was written, and in which order. Not thread-safe. */
final class Written {

    /**
     * A committed change.
     *
     * @param transaction its transaction's place among all
     * @param order its place among all changes
     */
    record Entry(Version row, int transaction, int order) {}

    /** A state of a key; {@code row} is null if there is none. */
    record State(Version row, long since) {}

    private final Map<Mark, Entry> committed = new HashMap<>();
    private final Map<Mark, Version> aborted = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Long, List<State>> states = new HashMap<>();

    void add(Transaction transaction, long atNanos) {
        if (!transaction.isCommitted()) {
            for (Change change : transaction.changes()) {
                aborted.put(Mark.of(change.operation(), change.row()), change.row());
            }
            return;
        }
        for (Change change : transaction.changes()) {
            Entry entry = new Entry(change.row(), sizes.size(), committed.size());
            committed.put(Mark.of(change.operation(), change.row()), entry);
            boolean gone = change.operation() == Operation.DELETE;
            states.computeIfAbsent(change.row().key(), any -> new ArrayList<>())
                    .add(new State(gone ? null : change.row(), atNanos));
        }
        sizes.add(transaction.changes().size());
    }

    /** The change as it was committed; null if it never was. */
    Entry find(Mark mark) {
        return committed.get(mark);
    }

    boolean isAborted(Mark mark) {
        return aborted.containsKey(mark);
    }

    Map<Mark, Entry> changes() {
        return committed;
    }

    /** The number of changes of a transaction. */
    int size(int transaction) {
        return sizes.get(transaction);
    }

    /** The states of each key that was ever written, in their order. */
    Map<Long, List<State>> states() {
        return states;
    }

    /** The states of one key in their order, none if it was never written. */
    List<State> states(long key) {
        return states.getOrDefault(key, List.of());
    }
}
