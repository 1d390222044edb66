// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** FLOAT or DOUBLE into Float64; NaN and infinities are kept. */
final class DoubleWriter extends ColumnWriter {

    private final boolean single;

    DoubleWriter(ColumnTarget target) {
        super(target);
        single = target.flinkType().is(LogicalTypeRoot.FLOAT);
    }

    @Override
    void appendValue(RowData row, int index) {
        double value = single ? row.getFloat(index) : row.getDouble(index);
        data.putLong(Double.doubleToRawLongBits(value));
    }
}
