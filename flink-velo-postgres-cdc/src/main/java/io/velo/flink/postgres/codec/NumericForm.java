// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.flink.table.data.DecimalData;

/**
 * The binary form of {@code numeric}: four 16-bit words (number of digits, weight of the first
 * digit, sign, digits shown after the point), then digits to base 10 000, the most significant
 * first. The value is the sum of {@code digit[i] * 10000^(weight - i)}.
 *
 * <p>Stateless, therefore thread-safe.
 */
final class NumericForm {

    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;

    /** Four digits to base 10 000 always fit a long with room for the scale. */
    private static final int FAST_DIGITS = 4;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private NumericForm() {}

    static boolean isWellFormed(byte[] bytes, int offset, int length) {
        if (length < HEADER || length != HEADER + 2 * digits(bytes, offset)) {
            return false;
        }
        int sign = sign(bytes, offset);
        if (sign != 0 && sign != NEGATIVE) {
            return sign == NAN || sign == INFINITY || sign == NEGATIVE_INFINITY;
        }
        for (int i = 0, n = digits(bytes, offset); i < n; i++) {
            int digit = Bytes.int2(bytes, offset + HEADER + 2 * i);
            if (digit < 0 || digit > 9999) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value is NaN or infinite. */
    static boolean isSpecial(byte[] bytes, int offset) {
        int sign = sign(bytes, offset);
        return sign != 0 && sign != NEGATIVE;
    }

    /**
     * The finite value rounded half up to the scale, as a cast in PostgreSQL does; null if it has
     * more digits than the precision.
     */
    static DecimalData decimal(byte[] bytes, int offset, int precision, int scale) {
        int digits = digits(bytes, offset);
        int weight = Bytes.int2(bytes, offset + 2);
        if (digits == 0) {
            return DecimalData.zero(precision, scale);
        }
        if (digits <= FAST_DIGITS) {
            long mantissa = 0;
            for (int i = 0; i < digits; i++) {
                mantissa = mantissa * 10000 + digit(bytes, offset, i);
            }
            long unscaled = shifted(mantissa, 4 * (weight - digits + 1) + scale);
            if (unscaled >= 0) {
                return fit(
                        sign(bytes, offset) == NEGATIVE ? -unscaled : unscaled, precision, scale);
            }
        }
        return decimalOfText(bytes, offset, precision, scale);
    }

    /** The mantissa times a power of ten, or -1 if that is not an exact long. */
    private static long shifted(long mantissa, int power) {
        if (power >= 0) {
            if (power >= POWERS.length || mantissa > Long.MAX_VALUE / POWERS[power]) {
                return -1;
            }
            return mantissa * POWERS[power];
        }
        if (-power >= POWERS.length || mantissa % POWERS[-power] != 0) {
            return -1;
        }
        return mantissa / POWERS[-power];
    }

    private static DecimalData fit(long unscaled, int precision, int scale) {
        if (precision < POWERS.length && Math.abs(unscaled) >= POWERS[precision]) {
            return null;
        }
        if (DecimalData.isCompact(precision)) {
            return DecimalData.fromUnscaledLong(unscaled, precision, scale);
        }
        return DecimalData.fromBigDecimal(BigDecimal.valueOf(unscaled, scale), precision, scale);
    }

    private static DecimalData decimalOfText(byte[] bytes, int offset, int precision, int scale) {
        // At most 131 072 digits before the point: refuse a large one before it costs anything.
        if (4 * Bytes.int2(bytes, offset + 2) > precision - scale) {
            return null;
        }
        BigDecimal exact =
                new BigDecimal(text(bytes, offset, Bytes.int2(bytes, offset + 2), false));
        BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_UP);
        return rounded.precision() > precision
                ? null
                : DecimalData.fromBigDecimal(rounded, precision, scale);
    }

    /** PostgreSQL's own text of the value, with its trailing zeros. */
    static String text(byte[] bytes, int offset) {
        return switch (sign(bytes, offset)) {
            case NAN -> "NaN";
            case INFINITY -> "Infinity";
            case NEGATIVE_INFINITY -> "-Infinity";
            default -> text(bytes, offset, Bytes.int2(bytes, offset + 2), true);
        };
    }

    private static String text(byte[] bytes, int offset, int weight, boolean shownDigitsOnly) {
        int digits = digits(bytes, offset);
        StringBuilder text = new StringBuilder(16 + 4 * Math.max(digits, weight));
        if (sign(bytes, offset) == NEGATIVE) {
            text.append('-');
        }
        if (weight < 0) {
            text.append('0');
        }
        for (int i = 0; i <= weight; i++) {
            int digit = i < digits ? digit(bytes, offset, i) : 0;
            if (i == 0) {
                text.append(digit);
            } else {
                appendFour(text, digit);
            }
        }
        int shown = Bytes.int2(bytes, offset + 6) & 0x3FFF;
        int fraction = shownDigitsOnly ? shown : Math.max(shown, 4 * (digits - weight - 1));
        if (fraction > 0) {
            text.append('.');
            int end = text.length() + fraction;
            for (int i = weight + 1; text.length() < end; i++) {
                appendFour(text, i >= 0 && i < digits ? digit(bytes, offset, i) : 0);
            }
            text.setLength(end);
        }
        return text.toString();
    }

    private static void appendFour(StringBuilder text, int digit) {
        text.append((char) ('0' + digit / 1000))
                .append((char) ('0' + digit / 100 % 10))
                .append((char) ('0' + digit / 10 % 10))
                .append((char) ('0' + digit % 10));
    }

    private static int digits(byte[] bytes, int offset) {
        return Bytes.int2(bytes, offset) & 0xFFFF;
    }

    private static int sign(byte[] bytes, int offset) {
        return Bytes.int2(bytes, offset + 4) & 0xFFFF;
    }

    private static int digit(byte[] bytes, int offset, int index) {
        return Bytes.int2(bytes, offset + HEADER + 2 * index);
    }
}
