// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;

/** Float32, Float64 and BFloat16. */
final class FloatVector extends WireVector implements FloatColumnVector, DoubleColumnVector {

    private final byte[] data;
    private final int width;

    FloatVector(byte[] data, byte[] nulls, int width) {
        super(nulls);
        this.data = data;
        this.width = width;
    }

    @Override
    public float getFloat(int row) {
        if (width == 2) {
            return Float.intBitsToFloat((short) WireBuffer.SHORT.get(data, row * 2) << 16);
        }
        return Float.intBitsToFloat((int) WireBuffer.INT.get(data, row * 4));
    }

    @Override
    public double getDouble(int row) {
        if (width == 8) {
            return Double.longBitsToDouble((long) WireBuffer.LONG.get(data, row * 8));
        }
        return getFloat(row);
    }
}
