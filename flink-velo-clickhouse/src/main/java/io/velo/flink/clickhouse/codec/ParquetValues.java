// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;

/** Writes the values of a column as Parquet's PLAIN encoding has them. Stateless. */
final class ParquetValues {

    private ParquetValues() {}

    /** The values at these places; the column's own bytes where they are the same. */
    static ByteBuffer plain(CarriedValue value, ByteBuffer data, ParquetPlaces places) {
        int present = places.present();
        boolean whole = value.width() > 0 && data.limit() == (long) present * value.width();
        if (whole && asItIs(value)) {
            return data.duplicate();
        }
        WireBuffer out = new WireBuffer(Math.max(16, data.limit()));
        byte[] source = data.array();
        switch (value.form()) {
            case BOOLEAN -> putBits(source, places, out);
            case TEXT -> putTexts(source, places, out);
            default -> {
                for (int i = 0; i < places.count(); i++) {
                    int index = places.index(i);
                    if (index >= 0) {
                        put(value, source, index * value.width(), out);
                    }
                }
            }
        }
        return out.handOver();
    }

    private static boolean asItIs(CarriedValue value) {
        return switch (value.form()) {
            case SIGNED, UNSIGNED -> value.width() >= Integer.BYTES;
            case DECIMAL -> value.width() <= Long.BYTES;
            case FLOAT, FIXED -> true;
            default -> false;
        };
    }

    private static void put(CarriedValue value, byte[] source, int at, WireBuffer out) {
        int width = value.width();
        switch (value.form()) {
            case SIGNED, UNSIGNED -> {
                boolean signed = value.form() == CarriedValue.Form.SIGNED;
                switch (width) {
                    case 1 -> out.putInt(signed ? source[at] : source[at] & 0xFF);
                    case 2 -> {
                        short number = (short) WireBuffer.SHORT.get(source, at);
                        out.putInt(signed ? number : number & 0xFFFF);
                    }
                    default -> out.putBytes(source, at, width);
                }
            }
            case HALF_FLOAT -> out.putInt((short) WireBuffer.SHORT.get(source, at) << Short.SIZE);
            case DECIMAL -> {
                if (width <= Long.BYTES) {
                    out.putBytes(source, at, width);
                    return;
                }
                // Of fixed length are decimals with their highest byte first.
                out.reserve(width);
                for (int i = width - 1; i >= 0; i--) {
                    out.putByte(source[at + i]);
                }
            }
            case UUID -> CarriedValue.putUuid(out, source, at);
            default -> out.putBytes(source, at, width);
        }
    }

    private static void putBits(byte[] source, ParquetPlaces places, WireBuffer out) {
        int bit = 0;
        int packed = 0;
        for (int i = 0; i < places.count(); i++) {
            int index = places.index(i);
            if (index < 0) {
                continue;
            }
            packed |= (source[index] == 0 ? 0 : 1) << bit;
            if (++bit == Byte.SIZE) {
                out.putByte(packed);
                bit = 0;
                packed = 0;
            }
        }
        if (bit > 0) {
            out.putByte(packed);
        }
    }

    /** Texts have a varint before them; those between the places are passed over. */
    private static void putTexts(byte[] source, ParquetPlaces places, WireBuffer out) {
        TextCursor texts = new TextCursor(source);
        for (int i = 0; i < places.count(); i++) {
            int index = places.index(i);
            if (index >= 0) {
                texts.goTo(index);
                out.putInt(texts.length());
                out.putBytes(source, texts.start(), texts.length());
            }
        }
    }
}
