// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the rows of a keyed table with what should be in it. */
final class SeenTable {

    private final Written written;
    private final Workload workload;

    SeenTable(Written written, Workload workload) {
        this.written = written;
        this.workload = workload;
    }

    /** The table when all writing is over. */
    void checkEnd(Iterable<Version> rows, Findings findings) {
        Map<Long, Version> byKey = new HashMap<>();
        for (Version row : rows) {
            if (byKey.put(row.key(), row) != null) {
                findings.add(Anomaly.DUPLICATED, "key " + row.key() + " stands twice: " + row);
            }
            if (written.states(row.key()).isEmpty()) {
                findings.add(Anomaly.PHANTOM, row + ": nobody wrote this key");
            }
        }
        written.states()
                .forEach((key, states) -> checkKey(key, last(states), byKey.get(key), findings));
    }

    private void checkKey(long key, Version expected, Version found, Findings findings) {
        if (expected == null && found == null) {
            return;
        }
        if (found == null) {
            findings.add(Anomaly.LOST, expected + " is missing");
        } else if (isUnknown(found)) {
            findings.add(Anomaly.PHANTOM, found + " was aborted or never written");
        } else if (!written.find(Mark.of(Operation.INSERT, found)).row().equals(found)) {
            findings.add(Anomaly.TORN, found + " is not as it was written");
        } else if (expected == null) {
            findings.add(Anomaly.LOST, "the DELETE of key " + key + ": there is " + found);
        } else if (!expected.equals(found)) {
            findings.add(Anomaly.LOST, expected + ": there is " + found);
        }
    }

    /** The table at any time, in one atomic view. */
    void checkSums(Iterable<Version> rows, Findings findings) {
        Map<Integer, Long> sums = new HashMap<>();
        for (Version row : rows) {
            sums.merge(row.writer(), row.balance(), Long::sum);
        }
        sums.forEach(
                (writer, sum) -> {
                    long expected = workload.balanceOf(writer);
                    if (sum != expected) {
                        findings.add(
                                Anomaly.TORN,
                                "the balances of writer "
                                        + writer
                                        + " add up to "
                                        + sum
                                        + " instead of "
                                        + expected);
                    }
                });
    }

    private boolean isUnknown(Version row) {
        return written.find(Mark.of(Operation.INSERT, row)) == null;
    }

    private static Version last(List<Written.State> states) {
        return states.get(states.size() - 1).row();
    }
}
