// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;

/** Values that are printed when asked for: UUIDs, addresses, wide numbers. */
final class TextVector extends WireVector implements BytesColumnVector {

    /** Prints the value of one row. */
    @FunctionalInterface
    interface Printer {
        String print(byte[] data, int row);
    }

    private final byte[] data;
    private final Printer printer;

    TextVector(byte[] data, byte[] nulls, Printer printer) {
        super(nulls);
        this.data = data;
        this.printer = printer;
    }

    @Override
    public Bytes getBytes(int row) {
        byte[] text = printer.print(data, row).getBytes(StandardCharsets.UTF_8);
        return new Bytes(text, 0, text.length);
    }
}
