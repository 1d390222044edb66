// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigInteger;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;

/**
 * DECIMAL into a decimal with at least as many digits before and after the point, so that no value
 * can be too large.
 */
final class DecimalWriter extends ColumnWriter {

    private final int precision;
    private final int scale;
    private final int width;
    private final BigInteger factor;
    private final long smallFactor;

    DecimalWriter(ColumnTarget target) {
        super(target);
        DecimalType declared = (DecimalType) target.flinkType();
        precision = declared.getPrecision();
        scale = declared.getScale();
        width = target.type().width();
        int shift = target.type().scale() - scale;
        factor = BigInteger.TEN.pow(shift);
        smallFactor = precision + shift <= 18 ? factor.longValueExact() : 0;
    }

    @Override
    void appendValue(RowData row, int index) {
        DecimalData value = row.getDecimal(index, precision, scale);
        if (smallFactor != 0) {
            LittleEndian.append(data, value.toUnscaledLong() * smallFactor, width);
        } else {
            BigInteger unscaled = value.toBigDecimal().unscaledValue();
            LittleEndian.append(data, unscaled.multiply(factor), width);
        }
    }
}
