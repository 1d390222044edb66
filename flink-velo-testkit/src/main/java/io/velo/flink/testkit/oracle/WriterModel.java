// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import io.velo.flink.testkit.oracle.Transaction.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** One writer: the rows of its keys as they stand, and the next transaction. Not thread-safe. */
final class WriterModel implements Iterator<Transaction> {

    /** The balance with which an account is opened. */
    static final long OPENING = 1_000;

    private static final int MOST_ACCOUNTS = 50;
    private static final int MOST_CHANGES = 50;
    private static final int MOST_MOVED = 100;

    private final Workload workload;
    private final int writer;
    private final SplittableRandom random;
    private final int keys;
    private final int accounts;

    /** By the number of the key among the writer's; null is a row that is not there. */
    private final Version[] rows;

    private long sequence;
    private long number;
    private long left;

    WriterModel(Workload workload, int writer) {
        this.workload = workload;
        this.writer = writer;
        this.random = new SplittableRandom(Payload.mix(workload.seed() ^ ~(long) writer));
        this.keys = keys(workload, writer);
        this.accounts = accounts(workload, writer);
        this.rows = new Version[keys];
        this.left = workload.changesOf(writer);
    }

    private static int keys(Workload workload, int writer) {
        int rest = workload.keys() % workload.writers();
        return workload.keys() / workload.writers() + (writer < rest ? 1 : 0);
    }

    /** How many of a writer's keys are accounts. */
    static int accounts(Workload workload, int writer) {
        long most = Math.min(MOST_ACCOUNTS, workload.changesOf(writer));
        return (int) Math.min(most, keys(workload, writer) / 4);
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public Transaction next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The writer has made all its changes.");
        }
        Outcome outcome =
                number > 0 && random.nextInt(20) == 0 ? Outcome.ABORTED : Outcome.COMMITTED;
        Version[] before = outcome == Outcome.ABORTED ? rows.clone() : null;
        List<Change> changes = changes((int) Math.min(left, 1 + random.nextInt(MOST_CHANGES)));
        if (outcome == Outcome.ABORTED) {
            System.arraycopy(before, 0, rows, 0, keys);
        } else {
            left -= changes.size();
        }
        return new Transaction(writer, number++, outcome, changes);
    }

    private List<Change> changes(int count) {
        if (workload.shape() == Workload.Shape.APPENDS) {
            return appends(count);
        }
        if (number == 0) {
            return openings();
        }
        return count > 1 && random.nextInt(5) == 0 ? transfers(count) : any(count);
    }

    private List<Change> openings() {
        List<Change> changes = new ArrayList<>();
        for (int account = 0; account < accounts; account++) {
            changes.add(write(account, OPENING));
        }
        return changes;
    }

    private List<Change> transfers(int count) {
        List<Change> changes = new ArrayList<>();
        int[] chosen = choose(Math.min(count, accounts));
        long[] moved = zeroSum(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            changes.add(write(chosen[i], rows[chosen[i]].balance() + moved[i]));
        }
        return changes;
    }

    private int[] choose(int count) {
        int[] all = new int[accounts];
        Arrays.setAll(all, i -> i);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, accounts);
            int swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
        return Arrays.copyOf(all, count);
    }

    private long[] zeroSum(int count) {
        long[] amounts = new long[count];
        for (int i = 1; i < count; i++) {
            amounts[i] = random.nextInt(MOST_MOVED);
            amounts[0] -= amounts[i];
        }
        return amounts;
    }

    private List<Change> any(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int key = pick(accounts);
            int wish = random.nextInt(100);
            boolean delete = wish >= 90 && rows[key] != null;
            changes.add(delete ? delete(key) : write(key, 0));
        }
        return changes;
    }

    private List<Change> appends(int count) {
        List<Change> changes = new ArrayList<>();
        for (long balance : zeroSum(count)) {
            Version row = version(pick(0), balance);
            changes.add(new Change(Operation.INSERT, row, null));
        }
        return changes;
    }

    private int pick(int first) {
        int hot = Math.max(1, (keys - first) / 100);
        return first + random.nextInt(random.nextBoolean() ? hot : keys - first);
    }

    private Change write(int key, long balance) {
        Version before = rows[key];
        rows[key] = version(key, balance);
        Operation operation = before == null ? Operation.INSERT : Operation.UPDATE;
        return new Change(operation, rows[key], before);
    }

    private Change delete(int key) {
        Version before = rows[key];
        rows[key] = null;
        return new Change(Operation.DELETE, before, null);
    }

    private Version version(int key, long balance) {
        long own = ++sequence;
        long global = (long) key * workload.writers() + writer;
        return new Version(global, writer, own, Payload.of(workload.seed(), writer, own), balance);
    }
}
