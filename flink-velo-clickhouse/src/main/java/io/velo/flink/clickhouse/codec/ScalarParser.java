// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import io.velo.flink.clickhouse.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/**
 * Reads values of fixed width from the text that the server prints, into the form of the Native
 * format.
 */
final class ScalarParser {

    private static final int QUIET_NAN = 0x7FC0;
    private static final int UUID_LENGTH = 36;
    private static final int MAX_NUMBER = 512;

    private final byte[] address = new byte[16];

    /**
     * Appends the value to the column.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if the text is none
     */
    void parse(ColumnBuffer column, byte[] text, int from, int length) {
        ClickHouseType type = column.type();
        try {
            put(type, column.data(), text, from, length);
        } catch (ArithmeticException
                | DateTimeException
                | IllegalArgumentException
                | IndexOutOfBoundsException malformed) {
            throw WireInput.broken("holds a text that is no value of type " + type);
        }
    }

    private void put(ClickHouseType type, WireBuffer out, byte[] text, int from, int length) {
        switch (type.kind()) {
            case BOOL -> out.putByte(bool(text, from, length) ? 1 : 0);
            case SIGNED, UNSIGNED, INTERVAL -> putWhole(type, out, text, from, length);
            case FLOAT, BFLOAT16 -> putFloating(type.width(), out, ascii(text, from, length));
            case DECIMAL -> putDecimal(type, out, ascii(text, from, length));
            case FIXED_STRING -> {
                require(length <= type.width());
                out.putBytes(text, from, length);
                out.fill(0, type.width() - length);
            }
            case ENUM -> out.putInteger(code(type, text, from, length), type.width());
            case UUID -> putUuid(out, ascii(text, from, length));
            case IPV4 -> {
                long four = IpAddresses.parseV4(ascii(text, from, length), 0);
                require(four >= 0);
                out.putInt((int) four);
            }
            case IPV6 -> {
                require(IpAddresses.parseV6(ascii(text, from, length), address));
                out.putBytes(address, 0, address.length);
            }
            case DATE -> out.putShort((int) CalendarText.date(text, from, length));
            case DATE32 -> out.putInt((int) CalendarText.date(text, from, length));
            case DATETIME -> out.putInt((int) CalendarText.instant(text, from, length, 0));
            case DATETIME64 ->
                    out.putLong(CalendarText.instant(text, from, length, type.precision()));
            case TIME -> out.putInt((int) CalendarText.time(text, from, length, 0));
            case TIME64 -> out.putLong(CalendarText.time(text, from, length, type.precision()));
            default -> throw new IllegalArgumentException(type.text());
        }
    }

    private static boolean bool(byte[] text, int from, int length) {
        String word = ascii(text, from, length);
        require(word.equals("true") || word.equals("false"));
        return word.equals("true");
    }

    private static void putWhole(
            ClickHouseType type, WireBuffer out, byte[] text, int from, int length) {
        String digits = ascii(text, from, length);
        boolean signed = type.kind() != TypeKind.UNSIGNED;
        int width = type.width();
        if (width > 8) {
            BigInteger value = new BigInteger(digits);
            require(value.bitLength() <= width * 8 - (signed ? 1 : 0));
            require(signed || value.signum() >= 0);
            LittleEndian.append(out, value, width);
        } else if (width == 8) {
            out.putLong(signed ? Long.parseLong(digits) : Long.parseUnsignedLong(digits));
        } else {
            long value = Long.parseLong(digits);
            long most = (1L << (width * 8 - (signed ? 1 : 0))) - 1;
            require(value <= most && value >= (signed ? -most - 1 : 0));
            out.putInteger(value, width);
        }
    }

    private static void putFloating(int width, WireBuffer out, String text) {
        boolean nan = text.equals("nan") || text.equals("-nan");
        String number =
                switch (text) {
                    case "inf" -> "Infinity";
                    case "-inf" -> "-Infinity";
                    default -> nan ? "NaN" : text;
                };
        if (width == 8) {
            out.putLong(Double.doubleToRawLongBits(Double.parseDouble(number)));
        } else if (width == 4) {
            out.putInt(Float.floatToRawIntBits(Float.parseFloat(number)));
        } else {
            float value = Float.parseFloat(number);
            out.putShort(nan ? QUIET_NAN : Float.floatToRawIntBits(value) >>> 16);
        }
    }

    private static void putDecimal(ClickHouseType type, WireBuffer out, String text) {
        BigDecimal value = new BigDecimal(text);
        // An exponent would be expanded to that many digits; the server prints none.
        require(text.indexOf('e') < 0 && text.indexOf('E') < 0);
        BigInteger unscaled =
                value.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue();
        require(unscaled.bitLength() < type.width() * 8);
        LittleEndian.append(out, unscaled, type.width());
    }

    private static int code(ClickHouseType type, byte[] text, int from, int length) {
        String name = new String(text, from, length, StandardCharsets.UTF_8);
        for (EnumName each : type.names()) {
            if (each.name().equals(name)) {
                return each.code();
            }
        }
        throw new IllegalArgumentException(type.text());
    }

    private static void putUuid(WireBuffer out, String text) {
        require(text.length() == UUID_LENGTH);
        java.util.UUID value = java.util.UUID.fromString(text);
        out.putLong(value.getMostSignificantBits());
        out.putLong(value.getLeastSignificantBits());
    }

    private static String ascii(byte[] text, int from, int length) {
        require(length <= MAX_NUMBER);
        return new String(text, from, length, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean legal) {
        if (!legal) {
            throw new IllegalArgumentException();
        }
    }
}
