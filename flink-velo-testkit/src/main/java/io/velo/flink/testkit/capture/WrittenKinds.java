// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what was committed, by kind: a run without one of them says nothing about it. */
final class WrittenKinds {

    /** What a statement did. */
    enum Kind {
        /** Rows that were inserted, or replaced by their keys. */
        UPSERT,
        /** Rows of which some columns were set. */
        UPDATE,
        /** Rows that got another key. */
        KEY_CHANGE,
        /** Rows that were deleted one by one. */
        DELETE,
        /** The whole table emptied. */
        TRUNCATE,
        /** Transactions of thousands of rows. */
        LARGE,
        /** Columns added or dropped. */
        DEFINITION
    }

    private final LongAdder transactions = new LongAdder();
    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

    WrittenKinds() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Counts a transaction that has committed. */
    void add(Pending pending) {
        transactions.increment();
        pending.counts.forEach((kind, count) -> counts.get(kind).add(count));
    }

    /** How many transactions were counted. */
    long transactions() {
        return transactions.sum();
    }

    /**
     * @throws AssertionError if nothing was committed of some kind
     */
    void requireAll() {
        if (Stream.of(Kind.values()).anyMatch(kind -> counts.get(kind).sum() == 0)) {
            throw new AssertionError("Not every kind of change was written: " + this + ".");
        }
    }

    @Override
    public String toString() {
        return transactions.sum()
                + " transactions: "
                + Stream.of(Kind.values())
                        .map(kind -> name(kind) + " " + counts.get(kind).sum())
                        .collect(Collectors.joining(", "));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What a transaction has done that has not committed. For one thread. */
    static final class Pending {

        private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

        void add(Kind kind, int count) {
            counts.merge(kind, count, Integer::sum);
        }
    }
}
