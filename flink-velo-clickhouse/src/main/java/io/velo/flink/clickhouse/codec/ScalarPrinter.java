// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import io.velo.flink.clickhouse.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Prints values of fixed width, as text formats hold them, without quotes around them. */
final class ScalarPrinter {

    private ScalarPrinter() {}

    /** Whether values of this kind are numbers or words, which text formats do not quote. */
    static boolean bare(TypeKind kind) {
        return switch (kind) {
            case BOOL, SIGNED, UNSIGNED, FLOAT, BFLOAT16, DECIMAL, INTERVAL -> true;
            default -> false;
        };
    }

    /** Appends the value of this type that starts there. */
    static void print(ClickHouseType type, byte[] data, int at, WireBuffer out) {
        switch (type.kind()) {
            case BOOL -> put(out, data[at] == 0 ? "false" : "true");
            case SIGNED, UNSIGNED, INTERVAL -> put(out, whole(type, data, at));
            case FLOAT, BFLOAT16 -> put(out, floating(type.width(), data, at));
            case DECIMAL -> put(out, decimal(type, data, at));
            case FIXED_STRING -> out.putBytes(data, at, type.width());
            case ENUM -> {
                byte[] name = name(type, data, at).getBytes(StandardCharsets.UTF_8);
                out.putBytes(name, 0, name.length);
            }
            case UUID -> put(out, Uuids.print(data, at / 16));
            case IPV4 -> put(out, IpAddresses.printV4(number(data, at, 4, false)));
            case IPV6 -> put(out, IpAddresses.printV6(data, at));
            case DATE -> CalendarText.putDate(out, number(data, at, 2, false));
            case DATE32 -> CalendarText.putDate(out, number(data, at, 4, true));
            case DATETIME -> CalendarText.putInstant(out, number(data, at, 4, false), 0);
            case DATETIME64 ->
                    CalendarText.putInstant(out, number(data, at, 8, true), type.precision());
            case TIME -> CalendarText.putTime(out, number(data, at, 4, true), 0);
            case TIME64 -> CalendarText.putTime(out, number(data, at, 8, true), type.precision());
            default -> throw new IllegalArgumentException(type.text());
        }
    }

    private static long number(byte[] data, int at, int width, boolean signed) {
        return WireLong.of(width, signed).at(data, at / width);
    }

    private static String whole(ClickHouseType type, byte[] data, int at) {
        int width = type.width();
        boolean signed = type.kind() != TypeKind.UNSIGNED;
        if (width < 8 || width == 8 && signed) {
            return Long.toString(number(data, at, width, signed));
        }
        if (width == 8) {
            return Long.toUnsignedString((long) WireBuffer.LONG.get(data, at));
        }
        BigInteger value =
                signed
                        ? LittleEndian.signed(data, at, width)
                        : LittleEndian.unsigned(data, at, width);
        return value.toString();
    }

    private static String floating(int width, byte[] data, int at) {
        if (width == 8) {
            double value = Double.longBitsToDouble((long) WireBuffer.LONG.get(data, at));
            return Double.isNaN(value)
                    ? "nan"
                    : Double.isInfinite(value) ? infinite(value) : Double.toString(value);
        }
        int bits =
                width == 2
                        ? (short) WireBuffer.SHORT.get(data, at) << 16
                        : (int) WireBuffer.INT.get(data, at);
        float value = Float.intBitsToFloat(bits);
        return Float.isNaN(value)
                ? "nan"
                : Float.isInfinite(value) ? infinite(value) : Float.toString(value);
    }

    private static String infinite(double value) {
        return value > 0 ? "inf" : "-inf";
    }

    private static String decimal(ClickHouseType type, byte[] data, int at) {
        int width = type.width();
        return width <= 8
                ? BigDecimal.valueOf(number(data, at, width, true), type.scale()).toPlainString()
                : new BigDecimal(LittleEndian.signed(data, at, width), type.scale())
                        .toPlainString();
    }

    private static String name(ClickHouseType type, byte[] data, int at) {
        long code = number(data, at, type.width(), true);
        for (EnumName name : type.names()) {
            if (name.code() == code) {
                return name.name();
            }
        }
        throw new IllegalArgumentException(type.text());
    }

    private static void put(WireBuffer out, String ascii) {
        int length = ascii.length();
        out.reserve(length);
        for (int i = 0; i < length; i++) {
            out.putByte(ascii.charAt(i));
        }
    }
}
