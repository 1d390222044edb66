// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** Whole numbers, dates and times of 1 to 8 bytes, each checked against the column's range. */
final class IntegerWriter extends ColumnWriter {

    private final LongField field;
    private final int width;
    private final long min;
    private final long max;
    private final String allowed;

    IntegerWriter(ColumnTarget target, LongField field, long min, long max, String allowed) {
        super(target);
        this.field = field;
        this.width = target.type().width();
        this.min = min;
        this.max = max;
        this.allowed = allowed;
    }

    @Override
    void appendValue(RowData row, int index) {
        long value = field.get(row, index);
        if (value < min || value > max) {
            throw refuse(allowed);
        }
        data.putInteger(value, width);
    }
}
