// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;

/** Decimals and wide integers as DECIMAL. Whether every value fits was checked before. */
final class DecimalVector extends WireVector implements DecimalColumnVector {

    private final byte[] data;
    private final int width;
    private final int wireScale;
    private final boolean signed;

    DecimalVector(byte[] data, byte[] nulls, int width, int wireScale, boolean signed) {
        super(nulls);
        this.data = data;
        this.width = width;
        this.wireScale = wireScale;
        this.signed = signed;
    }

    @Override
    public DecimalData getDecimal(int row, int precision, int scale) {
        if (scale == wireScale && width <= 8 && signed && DecimalData.isCompact(precision)) {
            long unscaled =
                    width == 4
                            ? (int) WireBuffer.INT.get(data, row * 4)
                            : (long) WireBuffer.LONG.get(data, row * 8);
            return DecimalData.fromUnscaledLong(unscaled, precision, scale);
        }
        BigDecimal value = new BigDecimal(unscaled(row), wireScale);
        DecimalData decimal = DecimalData.fromBigDecimal(value, precision, scale);
        if (decimal == null) {
            throw WireInput.broken("holds a decimal of more digits than its type has");
        }
        return decimal;
    }

    BigInteger unscaled(int row) {
        return signed
                ? LittleEndian.signed(data, row * width, width)
                : LittleEndian.unsigned(data, row * width, width);
    }
}
