// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** FLOAT into Float32; NaN and infinities are kept. */
final class FloatWriter extends ColumnWriter {

    FloatWriter(ColumnTarget target) {
        super(target);
    }

    @Override
    void appendValue(RowData row, int index) {
        data.putInt(Float.floatToRawIntBits(row.getFloat(index)));
    }
}
