// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * Keeps what was written and what was seen, and says what does not fit.
 *
 * <p>Say first what was written, then what was seen. Which promises are checked depends on what is
 * said: {@link #saw} is for appended rows and for streams of changes, where every single change
 * counts; {@link #tableEnds} for keyed tables, where the last one of each key counts; {@link
 * #lookedUp} for lookups. Thread-safe.
 */
public final class Ledger {

    private final Workload workload;
    private final Written written = new Written();
    private final Findings findings = new Findings();
    private final SeenChanges changes = new SeenChanges(written);
    private final SeenTable table;
    private final SeenLookups lookups = new SeenLookups(written);
    private boolean sawChanges;

    /** An empty ledger about this workload. */
    public Ledger(Workload workload) {
        this.workload = workload;
        this.table = new SeenTable(written, workload);
    }

    /** What this ledger is about. */
    public Workload workload() {
        return workload;
    }

    /** The whole workload was written. */
    public synchronized void wroteAll() {
        for (int writer = 0; writer < workload.writers(); writer++) {
            for (Iterator<Transaction> all = workload.transactions(writer); all.hasNext(); ) {
                wrote(all.next());
            }
        }
    }

    /** This transaction was written, or aborted; the order of a writer's transactions counts. */
    public synchronized void wrote(Transaction transaction) {
        wrote(transaction, System.nanoTime());
    }

    /** The same with the time at which it was acknowledged, in {@link System#nanoTime()}. */
    public synchronized void wrote(Transaction transaction, long atNanos) {
        written.add(transaction, atNanos);
    }

    /**
     * This change was seen; the order in which the changes of one key are seen counts.
     *
     * @param row the new row; of a DELETE the row that went
     */
    public synchronized void saw(Operation operation, Version row) {
        sawChanges = true;
        changes.add(operation, row);
    }

    /** Changes are looked for, even if none is seen. */
    public synchronized void expectChanges() {
        sawChanges = true;
    }

    /** All that was seen until now has to consist of whole transactions. */
    public synchronized void consistentPoint() {
        changes.consistentPoint();
    }

    /** These are the rows of the keyed table when all writing and reading is over. */
    public synchronized void tableEnds(Iterable<Version> rows) {
        table.checkEnd(rows, findings);
        table.checkSums(rows, findings);
    }

    /** These are the rows of the table at some time, in one atomic view. */
    public synchronized void tableStands(Iterable<Version> rows) {
        table.checkSums(rows, findings);
    }

    /**
     * A lookup gave this row.
     *
     * @param askedNanos when the lookup began, in {@link System#nanoTime()}
     * @param age how old the answer may be
     */
    public synchronized void lookedUp(
            long key, Optional<Version> found, long askedNanos, Duration age) {
        lookups.check(key, found.orElse(null), askedNanos, age, findings);
    }

    /** What was found so far; a change that is still to come counts as lost. */
    public synchronized Verdict verdict() {
        Findings all = new Findings();
        all.addAll(findings);
        if (sawChanges) {
            all.addAll(changes.end());
        }
        return new Verdict(workload.seed(), all.counts(), all.examples());
    }
}
