// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** The text form 8-4-4-4-12, or 16 bytes in that order, into UUID: two halves, each reversed. */
final class UuidWriter extends ColumnWriter {

    private static final int TEXT_LENGTH = 36;

    private final boolean text;

    UuidWriter(ColumnTarget target, boolean text) {
        super(target);
        this.text = text;
    }

    @Override
    void appendValue(RowData row, int index) {
        if (text) {
            appendText(row.getString(index));
        } else {
            appendBytes(row.getBinary(index));
        }
    }

    private void appendText(StringData value) {
        String uuid = value.toString();
        if (uuid.length() != TEXT_LENGTH
                || uuid.charAt(8) != '-'
                || uuid.charAt(13) != '-'
                || uuid.charAt(18) != '-'
                || uuid.charAt(23) != '-') {
            throw wrongForm();
        }
        long high = hex(uuid, 0, 8) << 32 | hex(uuid, 9, 13) << 16 | hex(uuid, 14, 18);
        long low = hex(uuid, 19, 23) << 48 | hex(uuid, 24, 36);
        data.putLong(high);
        data.putLong(low);
    }

    private void appendBytes(byte[] value) {
        if (value.length != 16) {
            throw refuse("exactly 16 bytes");
        }
        data.putLong(Long.reverseBytes((long) WireBuffer.LONG.get(value, 0)));
        data.putLong(Long.reverseBytes((long) WireBuffer.LONG.get(value, 8)));
    }

    private long hex(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw wrongForm();
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private RuntimeException wrongForm() {
        return refuse("UUIDs of the form 01234567-89ab-cdef-0123-456789abcdef");
    }
}
