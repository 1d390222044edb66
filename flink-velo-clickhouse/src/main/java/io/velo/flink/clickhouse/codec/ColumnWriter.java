// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Builds one column of a Native block directly in its wire form: a byte array that grows, and one
 * byte per row that marks NULL if the column is nullable. Chosen once per column from the Flink and
 * the ClickHouse type. Not thread-safe.
 */
abstract class ColumnWriter {

    private final ColumnTarget target;
    final WireBuffer data = new WireBuffer(1024);
    private final WireBuffer nulls;
    private int dataMark;
    private int nullsMark;

    ColumnWriter(ColumnTarget target) {
        this.target = target;
        this.nulls = target.type().nullable() ? new WireBuffer(64) : null;
    }

    final String name() {
        return target.name();
    }

    final ClickHouseType type() {
        return target.type();
    }

    /** Appends the value of this row; {@link #undo()} takes it back, also after a failure. */
    final void append(RowData row) {
        mark();
        if (isNull(row) && nulls == null && !target.key() && row.getRowKind() == RowKind.DELETE) {
            // A delete may carry its key only: the other columns take the type's default.
            putAbsent();
        } else if (isNull(row)) {
            putNull();
        } else {
            putValue(row, target.index());
        }
    }

    /** Appends the field at this position, without a mark of its own. */
    final void put(RowData row, int index) {
        if (row.isNullAt(index)) {
            putNull();
        } else {
            putValue(row, index);
        }
    }

    private void putValue(RowData row, int index) {
        if (nulls != null) {
            nulls.putByte(0);
        }
        appendValue(row, index);
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

    /** Notes the state to which {@link #undo()} goes back. */
    void mark() {
        dataMark = data.length();
        nullsMark = nulls == null ? 0 : nulls.length();
    }

    void undo() {
        data.truncate(dataMark);
        if (nulls != null) {
            nulls.truncate(nullsMark);
        }
    }

    int size() {
        return data.length() + (nulls == null ? 0 : nulls.length());
    }

    void writeTo(Body body) {
        if (nulls != null) {
            body.append(nulls.bytes(), 0, nulls.length());
        }
        body.append(data.bytes(), 0, data.length());
    }

    void reset() {
        data.truncate(0);
        if (nulls != null) {
            nulls.truncate(0);
        }
    }

    /** A refusal of the value at hand that says what the column takes. */
    final RuntimeException refuse(String allowed) {
        return ValueRefusal.of(target, allowed);
    }

    /** Whether this row has no value for the column. */
    boolean isNull(RowData row) {
        return row.isNullAt(target.index());
    }

    /** Appends the value, which is not null. */
    abstract void appendValue(RowData row, int index);

    /** Appends what stands behind a NULL mark: any legal value. */
    void appendDefault() {
        data.fill(0, type().width());
    }
}
