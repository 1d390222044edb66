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
        dataMark = data.length();
        nullsMark = nulls == null ? 0 : nulls.length();
        if (!isNull(row)) {
            if (nulls != null) {
                nulls.putByte(0);
            }
            appendValue(row, target.index());
            return;
        }
        if (nulls != null) {
            nulls.putByte(1);
        } else if (target.key() || row.getRowKind() != RowKind.DELETE) {
            throw ValueRefusal.ofNull(target);
        }
        // A delete may carry its key only: the other columns take the type's default.
        appendDefault();
    }

    final void undo() {
        data.truncate(dataMark);
        if (nulls != null) {
            nulls.truncate(nullsMark);
        }
    }

    final int size() {
        return data.length() + (nulls == null ? 0 : nulls.length());
    }

    final void writeTo(Body body) {
        if (nulls != null) {
            body.append(nulls.bytes(), 0, nulls.length());
        }
        body.append(data.bytes(), 0, data.length());
    }

    final void reset() {
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
