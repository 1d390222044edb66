// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.source.SplitSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.table.data.RowData;

/** What a job sees of a split up to some row, and what its checkpoint would hold then. */
final class Reading implements AutoCloseable {

    private final ScanSplitReader reader;
    private final ScanSplitState state;
    private final List<String> values = new ArrayList<>();
    private TupleBatch batch;
    private boolean ended;

    Reading(TableScan scan, ScanSplit split) {
        reader = new ScanSplitReader(scan);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
        state = new ScanSplitState(split);
    }

    /** Reads until so many rows or the end. */
    Reading upTo(int rows) {
        while (!ended && values.size() < rows) {
            if (batch == null) {
                batch = (TupleBatch) reader.fetch();
            }
            if (batch.nextRecordFromSplit() != null) {
                RowData row = batch.row();
                values.add(row.getString(0).toString());
                state.emitted(batch);
            } else {
                ended = !batch.finishedSplits().isEmpty();
                batch = null;
            }
        }
        return this;
    }

    /** What was read, in its order. */
    List<String> values() {
        return values;
    }

    /** Whether the end was read. */
    boolean ended() {
        return ended;
    }

    ScanSplit checkpoint() throws Exception {
        SplitSerializer<ScanSplit> serializer = new SplitSerializer<>(new ScanSplitFormat());
        return serializer.deserialize(1, serializer.serialize(state.toSplit()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
