// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** A batch of no split. */
final class NoRows extends CaptureBatch {

    NoRows() {
        super("");
    }

    @Override
    void grown(int capacity) {
        // There are never any.
    }

    @Override
    void collect(RowData row, SourceOutput<RowData> output) {
        throw new IllegalStateException("There are no rows.");
    }

    @Override
    CaptureSplit after(CaptureSplit before, int count) {
        return before;
    }
}
