// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** STRING as UTF-8 into String or JSON. */
final class StringWriter extends ColumnWriter {

    private final boolean json;

    StringWriter(ColumnTarget target, boolean json) {
        super(target);
        this.json = json;
    }

    @Override
    void appendValue(RowData row, int index) {
        append(data, row.getString(index));
    }

    @Override
    void appendDefault() {
        if (json) {
            // The server parses the text also where a NULL mark stands.
            data.putByte(2);
            data.putByte('{');
            data.putByte('}');
        } else {
            data.putByte(0);
        }
    }

    /** Copies the bytes of the string without an array in between. */
    private static void append(WireBuffer data, StringData value) {
        BinaryStringData text = (BinaryStringData) value;
        text.ensureMaterialized();
        int length = text.getSizeInBytes();
        data.putVarint(length);
        copy(data, text, length);
    }

    /** Appends the bytes of the string, without a length. */
    static void copy(WireBuffer data, BinaryStringData text, int length) {
        data.reserve(length);
        if (text.getSegments().length == 1) {
            text.getSegments()[0].get(text.getOffset(), data.bytes(), data.length(), length);
            data.truncate(data.length() + length);
        } else {
            data.putBytes(text.toBytes(), 0, length);
        }
    }
}
