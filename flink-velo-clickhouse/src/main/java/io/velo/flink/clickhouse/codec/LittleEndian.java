// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigInteger;

/** Numbers of 16 and 32 bytes in little-endian two's complement. */
final class LittleEndian {

    private LittleEndian() {}

    /** Appends the value sign-extended to the width. */
    static void append(WireBuffer data, BigInteger value, int width) {
        if (value.bitLength() < Long.SIZE) {
            append(data, value.longValue(), width);
            return;
        }
        byte[] bigEndian = value.toByteArray();
        int sign = value.signum() < 0 ? -1 : 0;
        for (int i = 0; i < width; i++) {
            int at = bigEndian.length - 1 - i;
            data.putByte(at >= 0 ? bigEndian[at] : sign);
        }
    }

    /** Appends the value sign-extended to the width. */
    static void append(WireBuffer data, long value, int width) {
        if (width <= Long.BYTES) {
            data.putInteger(value, width);
        } else {
            data.putLong(value);
            data.fill(value < 0 ? -1 : 0, width - Long.BYTES);
        }
    }

    /** The signed number in these bytes. */
    static BigInteger signed(byte[] data, int offset, int width) {
        return new BigInteger(reversed(data, offset, width));
    }

    /** The unsigned number in these bytes. */
    static BigInteger unsigned(byte[] data, int offset, int width) {
        return new BigInteger(1, reversed(data, offset, width));
    }

    private static byte[] reversed(byte[] data, int offset, int width) {
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[width - 1 - i] = data[offset + i];
        }
        return bigEndian;
    }

    /** Turns all numbers of a column so that their highest byte is the first one, in place. */
    static void reverse(byte[] data, int width) {
        for (int start = 0; start < data.length; start += width) {
            for (int low = start, high = start + width - 1; low < high; low++, high--) {
                byte kept = data[low];
                data[low] = data[high];
                data[high] = kept;
            }
        }
    }
}
