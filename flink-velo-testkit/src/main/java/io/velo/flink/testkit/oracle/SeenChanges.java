// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares a stream of changes with what was written. Not thread-safe. */
final class SeenChanges {

    private final Written written;
    private final Findings findings = new Findings();
    private final Map<Mark, Integer> seen = new HashMap<>();
    private final Map<Long, Integer> newestOfKey = new HashMap<>();
    private final Map<Integer, Integer> seenOfTransaction = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private final Set<Integer> torn = new HashSet<>();

    SeenChanges(Written written) {
        this.written = written;
    }

    void add(Operation operation, Version row) {
        Mark mark = Mark.of(operation, row);
        Written.Entry entry = written.find(mark);
        if (entry == null) {
            String why = written.isAborted(mark) ? " was aborted" : " was never written";
            findings.add(Anomaly.PHANTOM, operation + " of " + row + why);
            return;
        }
        if (!entry.row().equals(row)) {
            findings.add(Anomaly.TORN, row + " was written as " + entry.row());
        }
        if (seen.merge(mark, 1, Integer::sum) > 1) {
            findings.add(Anomaly.DUPLICATED, operation + " of " + row);
            return;
        }
        int newest = newestOfKey.merge(row.key(), entry.order(), Math::max);
        if (newest > entry.order()) {
            findings.add(Anomaly.REORDERED, operation + " of " + row + " came after a newer one");
        }
        int count = seenOfTransaction.merge(entry.transaction(), 1, Integer::sum);
        if (count == written.size(entry.transaction())) {
            open.remove(entry.transaction());
        } else {
            open.add(entry.transaction());
        }
    }

    void consistentPoint() {
        open.forEach(this::tear);
        open.clear();
    }

    private void tear(int transaction) {
        if (torn.add(transaction)) {
            int there = seenOfTransaction.get(transaction);
            findings.add(
                    Anomaly.TORN,
                    there + " of " + written.size(transaction) + " changes of a transaction");
        }
    }

    Findings end() {
        Findings all = new Findings();
        all.addAll(findings);
        written.changes()
                .forEach(
                        (mark, entry) -> {
                            if (!seen.containsKey(mark)) {
                                all.add(
                                        Anomaly.LOST,
                                        (mark.gone() ? "DELETE of " : "") + entry.row());
                            }
                        });
        return all;
    }
}
