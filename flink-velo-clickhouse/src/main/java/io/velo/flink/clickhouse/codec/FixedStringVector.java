// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.BytesColumnVector;

/** Values of one width, as bytes or as text without the zero bytes at the end. */
final class FixedStringVector extends WireVector implements BytesColumnVector {

    private final byte[] data;
    private final int width;
    private final boolean trimmed;

    FixedStringVector(byte[] data, byte[] nulls, int width, boolean trimmed) {
        super(nulls);
        this.data = data;
        this.width = width;
        this.trimmed = trimmed;
    }

    @Override
    public Bytes getBytes(int row) {
        int offset = row * width;
        int length = width;
        while (trimmed && length > 0 && data[offset + length - 1] == 0) {
            length--;
        }
        return new Bytes(data, offset, length);
    }
}
