// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.BytesColumnVector;

/** Values of varying length in one array, each from its start to before its end. */
final class StringVector extends WireVector implements BytesColumnVector {

    private final byte[] data;
    private final int[] starts;
    private final int[] ends;

    StringVector(byte[] data, int[] starts, int[] ends, byte[] nulls) {
        super(nulls);
        this.data = data;
        this.starts = starts;
        this.ends = ends;
    }

    @Override
    public Bytes getBytes(int row) {
        return new Bytes(data, starts[row], ends[row] - starts[row]);
    }
}
