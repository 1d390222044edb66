// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * Text or bytes into FixedString(N), shorter values padded with zero bytes; bytes into UUID and
 * IPv6, which take exactly 16.
 */
final class FixedBytesWriter extends ColumnWriter {

    private final int width;
    private final boolean text;
    private final boolean exact;

    FixedBytesWriter(ColumnTarget target, boolean exact) {
        super(target);
        width = target.type().width();
        text = target.flinkType().is(LogicalTypeFamily.CHARACTER_STRING);
        this.exact = exact;
    }

    @Override
    void appendValue(RowData row, int index) {
        if (text) {
            BinaryStringData value = (BinaryStringData) row.getString(index);
            value.ensureMaterialized();
            int length = value.getSizeInBytes();
            check(length);
            StringWriter.copy(data, value, length);
            data.fill(0, width - length);
        } else {
            byte[] value = row.getBinary(index);
            check(value.length);
            data.putBytes(value, 0, value.length);
            data.fill(0, width - value.length);
        }
    }

    private void check(int length) {
        if (length > width || exact && length != width) {
            throw refuse((exact ? "exactly " : "at most ") + width + " bytes");
        }
    }
}
