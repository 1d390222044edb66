// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.List;

/**
 * Turns the columns of a block into rows of a format. Rows are encoded by column first and turned
 * only when a block is packed, so whatever happens to blocks before and after knows no format.
 * Instances keep no state of a block; they are used by one thread at a time.
 */
abstract class RowsEncoder implements BlockEncoder {

    private static final int PIECE_BYTES = 1 << 20;

    private final List<Column> columns;

    RowsEncoder(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    final List<Column> columns() {
        return columns;
    }

    @Override
    public final long encode(List<ColumnBytes> block, int rows, Body body) {
        ColumnCursor[] cursors = block.stream().map(ColumnCursor::new).toArray(ColumnCursor[]::new);
        WireBuffer out = new WireBuffer(PIECE_BYTES + PIECE_BYTES / 8);
        long total = 0;
        begin(out);
        for (int row = 0; row < rows; row++) {
            row(cursors, out);
            if (out.length() >= PIECE_BYTES) {
                total += flush(out, body);
            }
        }
        return total + flush(out, body);
    }

    private static int flush(WireBuffer out, Body body) {
        int length = out.length();
        body.append(out.handOver().array(), 0, length);
        return length;
    }

    /** Appends what stands before the rows. */
    abstract void begin(WireBuffer out);

    /** Appends the next row. */
    abstract void row(ColumnCursor[] cursors, WireBuffer out);
}
