// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.table.data.RowData;

/**
 * Rows on their way from the fetcher to the job, bounded in rows and bytes. It is its own cursor:
 * no object is made per row besides the row. Filled by one thread, then read by another.
 */
final class TupleBatch implements RecordsWithSplitIds<TupleBatch> {

    private final String splitId;
    private final KeyColumns key;
    private RowData[] rows = new RowData[256];
    private byte[][] tuples;
    private int[] starts;
    private int size;
    private int current = -1;
    private boolean splitGiven;
    private Set<String> finished = Collections.emptySet();

    /**
     * @param key where the key is in the tuples, or null if reading cannot go on behind a row
     */
    TupleBatch(String splitId, KeyColumns key) {
        this.splitId = splitId;
        this.key = key;
        this.tuples = key == null ? null : new byte[256][];
        this.starts = key == null ? null : new int[256];
    }

    /** A batch of no split. */
    static TupleBatch nothing() {
        TupleBatch batch = new TupleBatch("", null);
        batch.splitGiven = true;
        return batch;
    }

    void add(RowData row, byte[] tuple, int start) {
        if (size == rows.length) {
            grow();
        }
        rows[size] = row;
        if (key != null) {
            tuples[size] = tuple;
            starts[size] = start;
        }
        size++;
    }

    private void grow() {
        rows = Arrays.copyOf(rows, size * 2);
        if (key != null) {
            tuples = Arrays.copyOf(tuples, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
        }
    }

    /** Nothing follows in this split. */
    TupleBatch finished() {
        finished = Collections.singleton(splitId);
        return this;
    }

    int size() {
        return size;
    }

    /** The split after the first {@code count} rows of this batch. */
    ScanSplit after(ScanSplit before, int count) {
        if (count == 0) {
            return before;
        }
        return key == null
                ? before.after(count)
                : before.after(key.of(tuples[count - 1], starts[count - 1]), count);
    }

    /** The row under the cursor. */
    RowData row() {
        return rows[current];
    }

    /** How many rows the cursor has passed, the one under it included. */
    int passed() {
        return current + 1;
    }

    @Override
    public String nextSplit() {
        if (splitGiven) {
            return null;
        }
        splitGiven = true;
        return splitId;
    }

    @Override
    public TupleBatch nextRecordFromSplit() {
        return ++current < size ? this : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
