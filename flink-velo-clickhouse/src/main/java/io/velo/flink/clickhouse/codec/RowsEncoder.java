// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.List;

/**
 * Turns the columns of a block into rows of a format. Rows are encoded by column first and turned
 * only when a block is packed, so whatever happens to blocks before and after knows no format.
 * Instances keep no state of a block; they are used by one thread at a time.
 */
abstract class RowsEncoder {

    private static final int PIECE_BYTES = 1 << 20;

    /**
     * One column of the rows.
     *
     * @param name the column
     * @param type the type as which the format holds its values
     * @param defaulted whether NULL stands for its default
     */
    record Column(String name, ClickHouseType type, boolean defaulted) {}

    private final List<Column> columns;

    RowsEncoder(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** The encoder of this layout, which is not Native. */
    static RowsEncoder of(BlockLayout layout, List<Column> columns) {
        return switch (layout.format()) {
            case ROWBINARY -> new RowBinaryEncoder(columns, layout.flagsDefaults());
            case JSON -> new JsonEncoder(columns);
            case TSV -> new TabSeparatedEncoder(columns);
            default -> throw new IllegalArgumentException(layout.toString());
        };
    }

    final List<Column> columns() {
        return columns;
    }

    /** Appends all rows to the body and returns how many bytes they have. */
    final long encode(List<ColumnBytes> block, int rows, Body body) {
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
