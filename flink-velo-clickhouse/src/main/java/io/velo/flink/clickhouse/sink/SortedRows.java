// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlock;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Makes blocks whose rows are in the table's order, each with the version that it had. Not
 * thread-safe.
 */
final class SortedRows {

    private final RowOrder order;
    private final RowsOfBlock encoder;

    SortedRows(RowOrder order, OpenedTable table) {
        this.order = order;
        this.encoder = new RowsOfBlock(table);
    }

    /**
     * The block of these rows.
     *
     * @param versions those of the rows, or empty if they have none
     */
    RowBlock block(List<RowData> rows, long[] versions) {
        int[] places = order.places(rows);
        RowData[] sorted = new RowData[places.length];
        long[] theirs = new long[versions.length];
        for (int i = 0; i < places.length; i++) {
            sorted[i] = rows.get(places[i]);
            if (theirs.length > 0) {
                theirs[i] = versions[places[i]];
            }
        }
        RowBlock open = new RowBlock(null, Arrays.asList(sorted), theirs);
        NativeBlock encoded = encoder.encoded(open, 0, sorted.length);
        return new RowBlock(encoded, open.rows(), theirs);
    }
}
