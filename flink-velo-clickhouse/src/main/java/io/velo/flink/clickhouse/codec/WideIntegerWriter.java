// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigInteger;
import org.apache.flink.table.data.RowData;

/** Whole numbers that need more than a long: UInt64, Int128, UInt128, Int256, UInt256. */
final class WideIntegerWriter extends ColumnWriter {

    private final BigIntegerField field;
    private final int width;
    private final BigInteger min;
    private final BigInteger max;

    WideIntegerWriter(ColumnTarget target, BigIntegerField field, boolean signed) {
        super(target);
        this.field = field;
        this.width = target.type().width();
        int bits = width * 8 - (signed ? 1 : 0);
        this.max = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        this.min = signed ? BigInteger.ONE.shiftLeft(bits).negate() : BigInteger.ZERO;
    }

    @Override
    void appendValue(RowData row, int index) {
        BigInteger value;
        try {
            value = field.get(row, index);
        } catch (ArithmeticException | NumberFormatException notWhole) {
            throw refuse("whole numbers");
        }
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw refuse("whole numbers from " + min + " to " + max);
        }
        LittleEndian.append(data, value, width);
    }
}
