// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;

/** Whole numbers, booleans, dates and times of day, asked for in the Flink type's width. */
final class IntegerVector extends WireVector
        implements BooleanColumnVector,
                ByteColumnVector,
                ShortColumnVector,
                IntColumnVector,
                LongColumnVector {

    private final byte[] data;
    private final WireLong number;

    IntegerVector(byte[] data, byte[] nulls, WireLong number) {
        super(nulls);
        this.data = data;
        this.number = number;
    }

    @Override
    public boolean getBoolean(int row) {
        return number.at(data, row) != 0;
    }

    @Override
    public byte getByte(int row) {
        return (byte) number.at(data, row);
    }

    @Override
    public short getShort(int row) {
        return (short) number.at(data, row);
    }

    @Override
    public int getInt(int row) {
        return (int) number.at(data, row);
    }

    @Override
    public long getLong(int row) {
        return number.at(data, row);
    }
}
