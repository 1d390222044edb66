// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Rows of changes. */
final class ChangeBatch extends CaptureBatch {

    /** The ordinal of an event behind which its transaction is complete. */
    private static final long COMPLETE = -1;

    /** A transaction with rows in this batch: what is known of it and of the one before. */
    private record Open(StreamPosition before, long commitLsn, int xid, long millis) {}

    private final List<Open> transactions = new ArrayList<>();
    private int[] transaction = new int[capacity()];
    private long[] ordinals = new long[capacity()];
    private long[] lsns = new long[capacity()];
    private int lastWithRows;

    ChangeBatch() {
        super(StreamSplit.ID);
    }

    /** The events that follow are of this transaction. */
    void begin(StreamPosition before, long commitLsn, int xid, long millis) {
        transactions.add(new Open(before, commitLsn, xid, millis));
    }

    /** When the last transaction with rows here was committed, in milliseconds; -1 for none. */
    long lastMillis() {
        return rows() == 0 ? -1 : transactions.get(transaction[lastWithRows]).millis();
    }

    /** The event under way is this change. */
    void endChange(long ordinal, long lsn) {
        note(ordinal, lsn);
    }

    /** The event under way, perhaps without rows, ends with everything before the position. */
    void endAt(StreamPosition position, long millis) {
        begin(position, position.commitLsn(), 0, millis);
        note(COMPLETE, 0);
    }

    private void note(long ordinal, long lsn) {
        int event = events();
        if (isEventOpen()) {
            lastWithRows = event;
        }
        endEvent();
        transaction[event] = transactions.size() - 1;
        ordinals[event] = ordinal;
        lsns[event] = lsn;
    }

    @Override
    void grown(int capacity) {
        transaction = Arrays.copyOf(transaction, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        lsns = Arrays.copyOf(lsns, capacity);
    }

    @Override
    void collect(RowData row, SourceOutput<RowData> output) {
        output.collect(row, transactions.get(transaction[cursor()]).millis());
    }

    @Override
    CaptureSplit after(CaptureSplit before, int count) {
        if (count == 0) {
            return before;
        }
        int event = count - 1;
        Open open = transactions.get(transaction[event]);
        StreamPosition position =
                ordinals[event] == COMPLETE
                        ? open.before()
                        : open.before()
                                .inside(open.commitLsn(), open.xid(), ordinals[event], lsns[event]);
        return ((StreamSplit) before).at(position);
    }
}
