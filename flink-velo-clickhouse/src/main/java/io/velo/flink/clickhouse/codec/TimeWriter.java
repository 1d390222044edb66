// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** TIME, milliseconds of the day, into Time and Time64. */
final class TimeWriter extends ColumnWriter {

    private final int width;
    private final long factor;
    private final long divisor;

    TimeWriter(ColumnTarget target) {
        super(target);
        width = target.type().width();
        int digits = target.type().precision();
        factor = Powers.ofTen(Math.max(0, digits - 3));
        divisor = Powers.ofTen(Math.max(0, 3 - digits));
    }

    @Override
    void appendValue(RowData row, int index) {
        int millis = row.getInt(index);
        if (millis % divisor != 0) {
            throw refuse("times of " + type().precision() + " fractional digits");
        }
        data.putInteger(millis / divisor * factor, width);
    }
}
