// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** Reads values in Parquet's PLAIN encoding into the form of the Native format. Stateless. */
final class ParquetValuesReader {

    private ParquetValuesReader() {}

    /**
     * Appends that many values.
     *
     * @param from where they start
     * @param to where they end, exactly
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if they do not
     */
    static void read(ParquetLeaf leaf, byte[] page, int from, int to, int count, WireBuffer out) {
        CarriedValue value = leaf.value();
        switch (value.form()) {
            case BOOLEAN -> readBits(page, from, to, count, out);
            case TEXT -> readTexts(page, from, to, count, out);
            default -> {
                int width = width(leaf);
                if ((long) count * width != to - from) {
                    throw broken();
                }
                if (asItIs(leaf)) {
                    out.putBytes(page, from, to - from);
                    return;
                }
                for (int at = from; at < to; at += width) {
                    readOne(leaf, page, at, out);
                }
            }
        }
    }

    private static int width(ParquetLeaf leaf) {
        CarriedValue value = leaf.value();
        return switch (value.form()) {
            case SIGNED, UNSIGNED -> Math.max(Integer.BYTES, value.width());
            case HALF_FLOAT -> Float.BYTES;
            case DECIMAL -> leaf.decimalBytes() > 0 ? leaf.decimalBytes() : value.width();
            default -> value.width();
        };
    }

    private static boolean asItIs(ParquetLeaf leaf) {
        CarriedValue value = leaf.value();
        return switch (value.form()) {
            case SIGNED, UNSIGNED -> value.width() >= Integer.BYTES;
            case DECIMAL -> leaf.decimalBytes() == 0;
            case FLOAT, FIXED -> true;
            default -> false;
        };
    }

    private static void readOne(ParquetLeaf leaf, byte[] page, int at, WireBuffer out) {
        int width = leaf.value().width();
        switch (leaf.value().form()) {
            case SIGNED, UNSIGNED -> out.putBytes(page, at, width);
            case HALF_FLOAT -> out.putBytes(page, at + Short.BYTES, Short.BYTES);
            case DECIMAL -> {
                for (int i = leaf.decimalBytes() - 1; i >= 0; i--) {
                    out.putByte(page[at + i]);
                }
                out.fill(page[at] < 0 ? -1 : 0, width - leaf.decimalBytes());
            }
            default -> CarriedValue.putUuid(out, page, at);
        }
    }

    private static void readBits(byte[] page, int from, int to, int count, WireBuffer out) {
        if ((count + 7L) / Byte.SIZE != to - from) {
            throw broken();
        }
        out.reserve(count);
        for (int i = 0; i < count; i++) {
            out.putByte(page[from + i / Byte.SIZE] >>> i % Byte.SIZE & 1);
        }
    }

    private static void readTexts(byte[] page, int from, int to, int count, WireBuffer out) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int length = to - at < Integer.BYTES ? -1 : (int) WireBuffer.INT.get(page, at);
            at += Integer.BYTES;
            if (length < 0 || length > to - at) {
                throw broken();
            }
            out.putVarint(length);
            out.putBytes(page, at, length);
            at += length;
        }
        if (at != to) {
            throw broken();
        }
    }

    private static RuntimeException broken() {
        return WireInput.broken("has a page that does not hold what it says");
    }
}
