// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector.Bytes;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;

/**
 * One block of a scan: the columns that are handed out, the keys by which it is ordered, and which
 * rows are left out because they were handed out before. The view {@link #row} moves; the rest does
 * not change after the fetcher's thread is done with it.
 */
final class Block {

    private final VectorizedColumnBatch all;
    private final int fields;
    private final int keys;
    private final ColumnarRowData view;
    private final RowType rowType;
    private final RowData.FieldGetter[] getters;
    private boolean[] skipped;

    /**
     * A block as it came.
     *
     * @param all the columns of the row type, then the keys as text
     * @param keys how many keys there are
     */
    Block(VectorizedColumnBatch all, RowType rowType, int keys) {
        this.all = all;
        this.fields = rowType.getFieldCount();
        this.keys = keys;
        this.rowType = rowType;
        ColumnVector[] vectors = Arrays.copyOf(all.columns, fields);
        VectorizedColumnBatch visible = new VectorizedColumnBatch(vectors);
        visible.setNumRows(all.getNumRows());
        this.view = new ColumnarRowData(visible);
        this.getters = new RowData.FieldGetter[fields];
        for (int i = 0; i < fields; i++) {
            getters[i] = RowData.createFieldGetter(rowType.getTypeAt(i), i);
        }
    }

    int rows() {
        return all.getNumRows();
    }

    /** The row at this index; the same object each time. */
    RowData row(int index) {
        view.setRowId(index);
        return view;
    }

    /** A field of a row that {@link #row} gave, null for NULL. */
    Object field(RowData view, int index) {
        return getters[index].getFieldOrNull(view);
    }

    boolean isSkipped(int row) {
        return skipped != null && skipped[row];
    }

    void skip(int row) {
        if (skipped == null) {
            skipped = new boolean[rows()];
        }
        skipped[row] = true;
    }

    /** Whether the block can say by which key a row stands where it stands. */
    boolean isOrdered() {
        return keys > 0;
    }

    /** The key of a row as hexadecimal text. */
    List<String> key(int row) {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            Bytes text = all.getByteArray(row, fields + i);
            key.add(new String(text.data, text.offset, text.len, StandardCharsets.US_ASCII));
        }
        return key;
    }

    boolean hasSameKey(int one, int other) {
        for (int i = fields; i < fields + keys; i++) {
            Bytes a = all.getByteArray(one, i);
            Bytes b = all.getByteArray(other, i);
            if (!Arrays.equals(
                    a.data, a.offset, a.offset + a.len, b.data, b.offset, b.offset + b.len)) {
                return false;
            }
        }
        return true;
    }

    /** A fingerprint of the row's values; it does not move the view that is handed out. */
    UUID fingerprint(int row) {
        ColumnarRowData own = new ColumnarRowData(new VectorizedColumnBatch(visibleColumns()), row);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields; i++) {
            ValueText.append(text, getters[i].getFieldOrNull(own), rowType.getTypeAt(i));
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ColumnVector[] visibleColumns() {
        return Arrays.copyOf(all.columns, fields);
    }
}
