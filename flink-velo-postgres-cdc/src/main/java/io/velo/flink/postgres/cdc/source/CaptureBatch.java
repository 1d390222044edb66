// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.table.data.RowData;

/**
 * Rows on their way from the fetcher to the job, in events: the rows of one change go out together,
 * so that no checkpoint falls between an update's row before and row after. It is its own cursor:
 * no object is made per event. Filled by one thread, then read by another.
 */
abstract class CaptureBatch implements RecordsWithSplitIds<CaptureBatch> {

    private final String splitId;
    private RowData[] rows = new RowData[256];
    private int[] ends = new int[256];
    private int size;
    private int events;
    private int current = -1;
    private boolean splitGiven;
    private Set<String> finished = Collections.emptySet();

    CaptureBatch(String splitId) {
        this.splitId = splitId;
    }

    /** Adds a row of the event under way. */
    final void add(RowData row) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
        }
        rows[size++] = row;
    }

    /** Whether the event under way has rows. */
    final boolean isEventOpen() {
        return size > (events == 0 ? 0 : ends[events - 1]);
    }

    /** The event under way is complete, perhaps without rows. */
    final void endEvent() {
        if (events == ends.length) {
            ends = Arrays.copyOf(ends, events * 2);
            grown(events * 2);
        }
        ends[events++] = size;
    }

    /** There is room for so many events. */
    abstract void grown(int capacity);

    final int capacity() {
        return ends.length;
    }

    final int events() {
        return events;
    }

    final int rows() {
        return size;
    }

    /** Nothing follows in this split. */
    final CaptureBatch finished() {
        finished = Collections.singleton(splitId);
        return this;
    }

    /** Emits the rows of the event under the cursor. */
    final void emit(SourceOutput<RowData> output) {
        for (int i = current == 0 ? 0 : ends[current - 1]; i < ends[current]; i++) {
            collect(rows[i], output);
        }
    }

    /** Emits one row of the event under the cursor. */
    abstract void collect(RowData row, SourceOutput<RowData> output);

    final int cursor() {
        return current;
    }

    /** How many events the cursor has passed, the one under it included. */
    final int passed() {
        return current + 1;
    }

    /** The split after the first {@code count} events of this batch. */
    abstract CaptureSplit after(CaptureSplit before, int count);

    @Override
    public final String nextSplit() {
        if (splitGiven || splitId.isEmpty()) {
            return null;
        }
        splitGiven = true;
        return splitId;
    }

    @Override
    public final CaptureBatch nextRecordFromSplit() {
        return ++current < events ? this : null;
    }

    @Override
    public final Set<String> finishedSplits() {
        return finished;
    }
}
