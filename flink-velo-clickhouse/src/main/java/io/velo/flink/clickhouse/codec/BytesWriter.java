// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** BYTES as they are into String. */
final class BytesWriter extends ColumnWriter {

    BytesWriter(ColumnTarget target) {
        super(target);
    }

    @Override
    void appendValue(RowData row, int index) {
        byte[] value = row.getBinary(index);
        data.putVarint(value.length);
        data.putBytes(value, 0, value.length);
    }

    @Override
    void appendDefault() {
        data.putByte(0);
    }
}
