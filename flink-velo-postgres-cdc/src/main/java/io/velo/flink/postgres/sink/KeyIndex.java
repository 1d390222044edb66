// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.util.Arrays;

/**
 * Finds the latest row of a key among the rows of a batch, by the bytes of the key. An open hash
 * table of row numbers: it holds no objects. Not thread-safe.
 */
final class KeyIndex {

    private static final int FIRST_CAPACITY = 1 << 13;
    private static final int EMPTY = -1;

    private int[] rows = new int[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int used;

    KeyIndex() {
        Arrays.fill(rows, EMPTY);
    }

    void clear() {
        if (used > 0) {
            Arrays.fill(rows, EMPTY);
            used = 0;
        }
    }

    /**
     * Puts a row in the place of the latest one with its key.
     *
     * @return that one, or -1
     */
    int put(int row, RowBatch batch) {
        if (2 * used >= rows.length) {
            grow();
        }
        int hash = batch.keyHash(row);
        int mask = rows.length - 1;
        int at = hash & mask;
        while (rows[at] != EMPTY) {
            if (hashes[at] == hash && batch.sameKey(rows[at], row)) {
                int before = rows[at];
                rows[at] = row;
                return before;
            }
            at = at + 1 & mask;
        }
        rows[at] = row;
        hashes[at] = hash;
        used++;
        return EMPTY;
    }

    private void grow() {
        int[] oldRows = rows;
        int[] oldHashes = hashes;
        rows = new int[2 * oldRows.length];
        hashes = new int[rows.length];
        Arrays.fill(rows, EMPTY);
        int mask = rows.length - 1;
        for (int i = 0; i < oldRows.length; i++) {
            if (oldRows[i] != EMPTY) {
                int at = oldHashes[i] & mask;
                while (rows[at] != EMPTY) {
                    at = at + 1 & mask;
                }
                rows[at] = oldRows[i];
                hashes[at] = oldHashes[i];
            }
        }
    }
}
