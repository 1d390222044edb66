// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** FLOAT into BFloat16: the lower 16 bits are cut, as the server's own cast does. */
final class BFloat16Writer extends ColumnWriter {

    private static final int QUIET_NAN = 0x7FC0;

    BFloat16Writer(ColumnTarget target) {
        super(target);
    }

    @Override
    void appendValue(RowData row, int index) {
        float value = row.getFloat(index);
        // Cutting a NaN could leave the bits of an infinity.
        data.putShort(Float.isNaN(value) ? QUIET_NAN : Float.floatToRawIntBits(value) >>> 16);
    }
}
