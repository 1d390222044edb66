// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.io.Serializable;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Changes for tests, determined by a seed: the same workload makes the same transactions, however
 * often and wherever it is asked.
 *
 * <p>Each writer has keys of its own, those with {@code key % writers == writer}, so that the order
 * of the changes of a key is the order of its writer. Half of the changes go to one key in a
 * hundred. One transaction in twenty is aborted.
 *
 * <ul>
 *   <li>{@link Shape#KEYED}: one change in ten deletes a row that is there; the others insert or
 *       update, as the key's row is missing or there. Some keys are accounts: a writer's first
 *       transaction opens them, one in five moves balance between them; all other rows have balance
 *       0.
 *   <li>{@link Shape#APPENDS}: rows that are only added; a key stands many times. The balances of
 *       each transaction add up to 0.
 * </ul>
 *
 * @param seed determines everything
 * @param shape keyed or appends
 * @param writers how many, at least 1
 * @param changes how many changes all writers commit together
 * @param keys how many keys they have together, at least 10 for each
 */
public record Workload(long seed, Shape shape, int writers, long changes, int keys)
        implements Serializable {

    /** What the changes are. */
    public enum Shape {
        KEYED,
        APPENDS
    }

    private static final int FEWEST_KEYS = 10;

    public Workload {
        if (writers < 1 || changes < writers || keys < FEWEST_KEYS * writers) {
            throw new IllegalArgumentException(
                    "A workload has at least 1 writer, and for each 1 change and "
                            + FEWEST_KEYS
                            + " keys.");
        }
    }

    /** 100,000 keyed changes of 2 writers on 10,000 keys. */
    public static Workload keyed(long seed) {
        return new Workload(seed, Shape.KEYED, 2, 100_000, 10_000);
    }

    /** 100,000 appended rows of 2 writers with 10,000 keys. */
    public static Workload appends(long seed) {
        return new Workload(seed, Shape.APPENDS, 2, 100_000, 10_000);
    }

    /** The seed in the system property {@code velo.seed}, or else any. */
    public static long anySeed() {
        String wish = System.getProperty("velo.seed");
        return wish == null
                ? ThreadLocalRandom.current().nextLong(1, 1L << 40)
                : Long.parseLong(wish);
    }

    /** The same with so many changes. */
    public Workload changes(long count) {
        return new Workload(seed, shape, writers, count, keys);
    }

    /** The same with so many keys. */
    public Workload keys(int count) {
        return new Workload(seed, shape, writers, changes, count);
    }

    /** The same with so many writers. */
    public Workload writers(int count) {
        return new Workload(seed, shape, count, changes, keys);
    }

    /** The transactions of one writer from the first to the last, aborted ones among them. */
    public Iterator<Transaction> transactions(int writer) {
        return new WriterModel(this, writer);
    }

    /** How many changes this writer commits. */
    public long changesOf(int writer) {
        return changes / writers + (writer < changes % writers ? 1 : 0);
    }

    /** What the balances of all rows of a writer add up to as soon as it has written anything. */
    public long balanceOf(int writer) {
        return shape == Shape.KEYED ? WriterModel.accounts(this, writer) * WriterModel.OPENING : 0;
    }
}
