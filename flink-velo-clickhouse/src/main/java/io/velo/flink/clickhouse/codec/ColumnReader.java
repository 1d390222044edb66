// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Reads one column of one block after the other. Chosen once per column and type. */
abstract class ColumnReader {

    private final ColumnSource source;

    ColumnReader(ColumnSource source) {
        this.source = source;
    }

    final ColumnSource source() {
        return source;
    }

    /** The column's values of this block. */
    final ColumnVector read(WireInput in, int rows) throws IOException {
        byte[] nulls = source.type().nullable() ? nulls(in, rows) : null;
        return readValues(in, rows, nulls);
    }

    abstract ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException;

    /** The NULL marks, or null if no row is NULL. */
    private byte[] nulls(WireInput in, int rows) throws IOException {
        byte[] marks = in.readBytes(rows);
        for (byte mark : marks) {
            if (mark != 0) {
                if (!source.flinkType().isNullable()) {
                    throw ValueRefusal.read(source, "NULL");
                }
                return marks;
            }
        }
        return null;
    }
}
