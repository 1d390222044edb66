// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Encodes DECIMAL as {@code numeric}, the inverse of {@link NumericForm}. Equal numbers of one
 * Flink type have equal bytes. For one thread.
 */
final class NumericEncoder implements ColumnEncoder {

    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;

    /** 38 digits before and behind the point at the most, in groups of four that the point cuts. */
    private static final int MOST_GROUPS = 12;

    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);

    private final int precision;
    private final int scale;

    /** Groups of four digits behind the point. */
    private final int fractionGroups;

    /** What makes the digits behind the point a multiple of four. */
    private final long padding;

    /** Whether the unscaled value times the padding fits a long. */
    private final boolean fast;

    private final short[] groups = new short[MOST_GROUPS];

    private NumericEncoder(DecimalType type) {
        this.precision = type.getPrecision();
        this.scale = type.getScale();
        this.fractionGroups = (scale + 3) / 4;
        int zeros = 4 * fractionGroups - scale;
        this.padding = (long) Math.pow(10, zeros);
        this.fast = DecimalData.isCompact(precision) && precision + zeros <= 18;
    }

    /** The encoder, or null if this family has none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        boolean decimal = source.getTypeRoot() == LogicalTypeRoot.DECIMAL;
        return decimal && type.isBase(Oids.NUMERIC)
                ? new NumericEncoder((DecimalType) source)
                : null;
    }

    @Override
    public void encode(RowData row, int field, TupleBuffer out) {
        DecimalData value = row.getDecimal(field, precision, scale);
        int count;
        boolean negative;
        if (fast) {
            long unscaled = value.toUnscaledLong();
            negative = unscaled < 0;
            count = split(Math.abs(unscaled) * padding);
        } else {
            BigDecimal exact = value.toBigDecimal().setScale(scale);
            negative = exact.signum() < 0;
            count = split(exact.unscaledValue().abs().multiply(BigInteger.valueOf(padding)));
        }
        write(count, negative, out);
    }

    /** Splits into groups, the least significant first; returns their number. */
    private int split(long number) {
        int count = 0;
        for (long rest = number; rest != 0; rest /= BASE) {
            groups[count++] = (short) (rest % BASE);
        }
        return count;
    }

    private int split(BigInteger number) {
        int count = 0;
        BigInteger rest = number;
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(BIG_BASE);
            groups[count++] = parts[1].shortValue();
            rest = parts[0];
        }
        return count;
    }

    private void write(int count, boolean negative, TupleBuffer out) {
        int lowest = 0;
        while (lowest < count && groups[lowest] == 0) {
            lowest++;
        }
        int digits = count - lowest;
        out.int4(8 + 2 * digits);
        out.int2(digits);
        out.int2(digits == 0 ? 0 : count - 1 - fractionGroups);
        out.int2(negative ? NEGATIVE : 0);
        out.int2(scale);
        for (int i = count - 1; i >= lowest; i--) {
            out.int2(groups[i]);
        }
    }
}
