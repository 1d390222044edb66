// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;

/**
 * How the bytes of one value without parts are laid out in Parquet and Arrow. Native bytes are
 * little-endian as theirs are, so most of them go over as they are.
 *
 * @param form the layout
 * @param width bytes of a value in the Native format; 0 for texts
 * @param digits decimal digits of a decimal
 * @param scale fractional digits of a decimal
 */
record CarriedValue(Form form, int width, int digits, int scale) {

    /** The layouts. */
    enum Form {
        /** One byte in Native, one bit elsewhere. */
        BOOLEAN,
        /** A signed number of 1, 2, 4 or 8 bytes. */
        SIGNED,
        /** A number without sign of 1, 2, 4 or 8 bytes. */
        UNSIGNED,
        /** IEEE 754, 4 or 8 bytes. */
        FLOAT,
        /** The upper half of a float in Native, the whole of it elsewhere. */
        HALF_FLOAT,
        /** An unscaled number of 4, 8, 16 or 32 bytes. */
        DECIMAL,
        /** A length and that many bytes. */
        TEXT,
        /** Bytes of a fixed number. */
        FIXED,
        /** Sixteen bytes in the order in which they are printed; Native turns both halves. */
        UUID
    }

    /** The layout of this type, which has no parts. */
    static CarriedValue of(ClickHouseType type) {
        int width = type.width();
        return switch (type.kind()) {
            case BOOL -> new CarriedValue(Form.BOOLEAN, 1, 0, 0);
            case SIGNED -> whole(Form.SIGNED, width);
            case UNSIGNED -> whole(Form.UNSIGNED, width);
            case ENUM, DATE32, TIME, INTERVAL -> new CarriedValue(Form.SIGNED, width, 0, 0);
            case IPV4, DATE, DATETIME -> new CarriedValue(Form.UNSIGNED, width, 0, 0);
            case FLOAT -> new CarriedValue(Form.FLOAT, width, 0, 0);
            case BFLOAT16 -> new CarriedValue(Form.HALF_FLOAT, width, 0, 0);
            case DECIMAL -> new CarriedValue(Form.DECIMAL, width, type.precision(), type.scale());
            case DATETIME64, TIME64 ->
                    new CarriedValue(
                            Form.DECIMAL, width, CarriedTypes.TICK_DIGITS, type.precision());
            case STRING, JSON, ANY, STATE -> new CarriedValue(Form.TEXT, 0, 0, 0);
            case FIXED_STRING, IPV6 -> new CarriedValue(Form.FIXED, width, 0, 0);
            case UUID -> new CarriedValue(Form.UUID, width, 0, 0);
            default -> throw new IllegalArgumentException(type.text());
        };
    }

    private static CarriedValue whole(Form form, int width) {
        return new CarriedValue(width <= Long.BYTES ? form : Form.FIXED, width, 0, 0);
    }

    /** Turns the order of the bytes in both halves of a UUID, from Native's and to it. */
    static void putUuid(WireBuffer out, byte[] source, int at) {
        out.putLong(Long.reverseBytes((long) WireBuffer.LONG.get(source, at)));
        out.putLong(Long.reverseBytes((long) WireBuffer.LONG.get(source, at + Long.BYTES)));
    }
}
