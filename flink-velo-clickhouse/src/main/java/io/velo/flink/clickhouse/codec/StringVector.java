// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.BytesColumnVector;

/** Values of varying length in one array: row n lies between offset n and offset n + 1. */
final class StringVector extends WireVector implements BytesColumnVector {

    private final byte[] data;
    private final int[] offsets;

    StringVector(byte[] data, int[] offsets, byte[] nulls) {
        super(nulls);
        this.data = data;
        this.offsets = offsets;
    }

    @Override
    public Bytes getBytes(int row) {
        return new Bytes(data, offsets[row], offsets[row + 1] - offsets[row]);
    }
}
