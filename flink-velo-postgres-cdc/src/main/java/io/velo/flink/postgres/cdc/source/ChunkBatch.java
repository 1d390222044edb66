// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.snapshot.Point;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Rows of a range of a table. */
final class ChunkBatch extends CaptureBatch {

    private final KeyReader keys;
    private final Visibility visibility;
    private byte[][] tuples;
    private int[] starts;

    /**
     * @param keys reads the key of a tuple
     * @param visibility what the rows show
     */
    ChunkBatch(String splitId, KeyReader keys, Visibility visibility) {
        super(splitId);
        this.keys = keys;
        this.visibility = visibility;
        this.tuples = new byte[capacity()][];
        this.starts = new int[capacity()];
    }

    /** The row that was added is that of this tuple. */
    void endRow(byte[] tuple, int start) {
        tuples[events()] = tuple;
        starts[events()] = start;
        endEvent();
        if (events() == tuples.length) {
            grown(events() * 2);
        }
    }

    @Override
    void grown(int capacity) {
        if (capacity > tuples.length) {
            tuples = Arrays.copyOf(tuples, capacity);
            starts = Arrays.copyOf(starts, capacity);
        }
    }

    @Override
    void collect(RowData row, SourceOutput<RowData> output) {
        output.collect(row);
    }

    @Override
    CaptureSplit after(CaptureSplit before, int count) {
        if (count == 0) {
            return before;
        }
        List<String> key = keys.values(tuples[count - 1], starts[count - 1]);
        return ((SnapshotSplit) before).after(new Point(key), visibility);
    }

    /** Reads the values of the key from a tuple of a COPY. */
    @FunctionalInterface
    interface KeyReader {
        List<String> values(byte[] tuple, int start);
    }
}
