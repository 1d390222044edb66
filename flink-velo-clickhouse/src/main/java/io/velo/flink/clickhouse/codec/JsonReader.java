// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** JSON columns that the server was asked to send as text. */
final class JsonReader extends ColumnReader {

    private static final long AS_TEXT = 1;

    private final StringReader text;

    JsonReader(ColumnSource source) {
        super(source);
        text = new StringReader(source);
    }

    @Override
    void readPrefix(WireInput in) throws IOException {
        byte[] version = in.readBytes(Long.BYTES);
        if ((long) WireBuffer.LONG.get(version, 0) != AS_TEXT) {
            throw WireInput.broken("holds a JSON column in a form other than text");
        }
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        return text.readValues(in, rows, nulls);
    }
}
