// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** Whole numbers of more than 64 bits that are given as their bytes, the highest first. */
final class WideBytesWriter extends ColumnWriter {

    private final int width;

    WideBytesWriter(ColumnTarget target) {
        super(target);
        width = target.type().width();
    }

    @Override
    void appendValue(RowData row, int index) {
        byte[] value = row.getBinary(index);
        if (value.length != width) {
            throw refuse("exactly " + width + " bytes");
        }
        for (int i = width - 1; i >= 0; i--) {
            data.putByte(value[i]);
        }
    }
}
