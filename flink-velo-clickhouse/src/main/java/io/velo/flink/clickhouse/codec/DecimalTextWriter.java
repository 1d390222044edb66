// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.table.data.RowData;

/** Decimals of more than 38 digits, given as text. */
final class DecimalTextWriter extends ColumnWriter {

    private static final int MAX_TEXT = 256;

    private final int scale;
    private final int width;
    private final BigInteger limit;
    private final String allowed;

    DecimalTextWriter(ColumnTarget target) {
        super(target);
        int precision = target.type().precision();
        scale = target.type().scale();
        width = target.type().width();
        limit = BigInteger.TEN.pow(precision);
        allowed =
                "decimal numbers with up to "
                        + (precision - scale)
                        + " digits before and "
                        + scale
                        + " after the point";
    }

    @Override
    void appendValue(RowData row, int index) {
        BigInteger unscaled;
        try {
            unscaled = exact(row.getString(index).toString().trim());
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw refuse(allowed);
        }
        if (unscaled.abs().compareTo(limit) >= 0) {
            throw refuse(allowed);
        }
        LittleEndian.append(data, unscaled, width);
    }

    private BigInteger exact(String text) {
        // An exponent such as 1e999999999 would be expanded to that many digits.
        if (text.length() > MAX_TEXT) {
            throw new NumberFormatException();
        }
        BigDecimal number = new BigDecimal(text);
        if (number.signum() != 0 && (Math.abs((long) number.scale()) > MAX_TEXT)) {
            throw new ArithmeticException();
        }
        return number.signum() == 0
                ? BigInteger.ZERO
                : number.setScale(scale, java.math.RoundingMode.UNNECESSARY).unscaledValue();
    }
}
