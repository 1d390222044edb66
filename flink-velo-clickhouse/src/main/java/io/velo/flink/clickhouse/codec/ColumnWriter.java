// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Builds one column of a Native block directly in its wire form: a byte array that grows, and one
 * byte per row that marks NULL if the column is nullable. Chosen once per column from the Flink and
 * the ClickHouse type. Not thread-safe.
 */
abstract class ColumnWriter {

    private static final ColumnWriter[] NO_PARTS = {};

    private final ColumnTarget target;
    private final int index;
    private final ColumnWriter[] parts;
    private final int width;
    final WireBuffer data = new WireBuffer(1024);
    private final WireBuffer nulls;
    private int dataMark;
    private int nullsMark;

    ColumnWriter(ColumnTarget target) {
        this(target, NO_PARTS);
    }

    /**
     * A writer.
     *
     * @param parts writers of what the values are made of, in the order of the wire
     */
    ColumnWriter(ColumnTarget target, ColumnWriter[] parts) {
        this.target = target;
        this.index = target.index();
        this.parts = parts;
        this.width = parts.length == 0 ? target.type().width() : 0;
        this.nulls = target.type().nullable() ? new WireBuffer(64) : null;
    }

    final String name() {
        return target.name();
    }

    final ClickHouseType type() {
        return target.type();
    }

    /** Bytes of each row with its mark of NULL, or 0 if rows differ. */
    final int rowBytes() {
        return width == 0 || nulls == null ? width : width + 1;
    }

    /** Appends the value of this row; {@link #undo} takes it back, also after a failure. */
    final void append(RowData row) {
        if (width == 0) {
            mark();
        }
        if (index < 0 || !row.isNullAt(index)) {
            putValue(row, index);
        } else if (nulls == null && !target.key() && row.getRowKind() == RowKind.DELETE) {
            // A delete may carry its key only: the other columns take the type's default.
            putAbsent();
        } else {
            putNull();
        }
    }

    /** Appends the field at this position, without a mark of its own. */
    final void put(RowData row, int position) {
        if (row.isNullAt(position)) {
            putNull();
        } else {
            putValue(row, position);
        }
    }

    private void putValue(RowData row, int position) {
        if (nulls != null) {
            nulls.putByte(0);
        }
        appendValue(row, position);
    }

    private void putNull() {
        if (nulls == null) {
            throw ValueRefusal.ofNull(target);
        }
        putAbsent();
    }

    /** Appends NULL, or the type's default if the column is not nullable. */
    final void putAbsent() {
        if (nulls != null) {
            nulls.putByte(1);
        }
        appendDefault();
    }

    /** Notes the state to which {@link #undo} goes back, where the rows before do not tell it. */
    private void mark() {
        dataMark = data.length();
        nullsMark = nulls == null ? 0 : nulls.length();
        for (ColumnWriter part : parts) {
            part.mark();
        }
    }

    /** Takes back what came behind that many rows, which is one row at the most. */
    final void undo(int rows) {
        if (width == 0) {
            restore();
            return;
        }
        data.truncate(rows * width);
        if (nulls != null) {
            nulls.truncate(rows);
        }
    }

    private void restore() {
        data.truncate(dataMark);
        if (nulls != null) {
            nulls.truncate(nullsMark);
        }
        for (ColumnWriter part : parts) {
            part.restore();
        }
    }

    final int size() {
        int size = data.length() + (nulls == null ? 0 : nulls.length());
        for (ColumnWriter part : parts) {
            size += part.size();
        }
        return size;
    }

    /** Hands over the column as it is on the wire; the next value starts a new one. */
    final void handOver(Consumer<ByteBuffer> wire) {
        if (nulls != null) {
            wire.accept(nulls.handOver());
        }
        wire.accept(data.handOver());
        for (ColumnWriter part : parts) {
            part.handOver(wire);
        }
    }

    /** As {@link #handOver(Consumer)}, with its parts told apart. */
    final ColumnBytes handOver() {
        ColumnBytes[] theirs = new ColumnBytes[parts.length];
        for (int i = 0; i < parts.length; i++) {
            theirs[i] = parts[i].handOver();
        }
        return new ColumnBytes(
                type(), nulls == null ? null : nulls.handOver(), data.handOver(), theirs);
    }

    /** A refusal of the value at hand that says what the column takes. */
    final RuntimeException refuse(String allowed) {
        return ValueRefusal.of(target, allowed);
    }

    /** Appends the value, which is not null. */
    abstract void appendValue(RowData row, int index);

    /** Appends what stands behind a NULL mark: any legal value. */
    void appendDefault() {
        data.fill(0, type().width());
    }
}
