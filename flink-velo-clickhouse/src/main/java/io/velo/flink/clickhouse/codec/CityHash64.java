// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * CityHash64 as of version 1.0.2, which is ClickHouse's {@code cityHash64} of a text. Later
 * versions of CityHash give other values. Stateless, therefore thread-safe.
 *
 * <p>Source: the published CityHash algorithm (Pike and Alakuijala); proved against the real
 * server.
 */
public final class CityHash64 {

    private static final long K0 = 0xc3a5c85c97cb3127L;
    private static final long K1 = 0xb492b66fbe98f273L;
    private static final long K2 = 0x9ae16a3b2f90404fL;
    private static final long K3 = 0xc949d7c7509e6557L;
    private static final long MIX = 0x9ddfea08eb382d69L;

    private CityHash64() {}

    /** The hash of these bytes. */
    public static long of(byte[] data, int at, int length) {
        if (length <= 16) {
            return upTo16(data, at, length);
        }
        if (length <= 32) {
            return upTo32(data, at, length);
        }
        return length <= 64 ? upTo64(data, at, length) : longer(data, at, length);
    }

    /** One hash of two, as ClickHouse makes it of the hashes of several arguments. */
    public static long pair(long first, long second) {
        long a = shiftMix((first ^ second) * MIX);
        long b = shiftMix((second ^ a) * MIX);
        return b * MIX;
    }

    /** The hash of at most 16 bytes. */
    static long upTo16(byte[] data, int at, int length) {
        if (length > 8) {
            long a = word(data, at);
            long b = word(data, at + length - 8);
            return pair(a, Long.rotateRight(b + length, length)) ^ b;
        }
        if (length >= 4) {
            long a = half(data, at);
            return pair(length + (a << 3), half(data, at + length - 4));
        }
        if (length > 0) {
            int first = data[at] & 0xFF;
            int middle = data[at + (length >> 1)] & 0xFF;
            int last = data[at + length - 1] & 0xFF;
            long y = first + ((long) middle << 8);
            long z = length + ((long) last << 2);
            return shiftMix(y * K2 ^ z * K3) * K2;
        }
        return K2;
    }

    private static long upTo32(byte[] data, int at, int length) {
        long a = word(data, at) * K1;
        long b = word(data, at + 8);
        long c = word(data, at + length - 8) * K2;
        long d = word(data, at + length - 16) * K0;
        return pair(
                Long.rotateRight(a - b, 43) + Long.rotateRight(c, 30) + d,
                a + Long.rotateRight(b ^ K3, 20) - c + length);
    }

    private static long upTo64(byte[] data, int at, int length) {
        long z = word(data, at + 24);
        long a = word(data, at) + (length + word(data, at + length - 16)) * K0;
        long b = Long.rotateRight(a + z, 52);
        long c = Long.rotateRight(a, 37);
        a += word(data, at + 8);
        c += Long.rotateRight(a, 7);
        a += word(data, at + 16);
        final long vFirst = a + z;
        final long vSecond = b + Long.rotateRight(a, 31) + c;
        a = word(data, at + 16) + word(data, at + length - 32);
        z = word(data, at + length - 8);
        b = Long.rotateRight(a + z, 52);
        c = Long.rotateRight(a, 37);
        a += word(data, at + length - 24);
        c += Long.rotateRight(a, 7);
        a += word(data, at + length - 16);
        long wFirst = a + z;
        long wSecond = b + Long.rotateRight(a, 31) + c;
        long r = shiftMix((vFirst + wSecond) * K2 + (wFirst + vSecond) * K0);
        return shiftMix(r * K0 + vSecond) * K2;
    }

    private static long longer(byte[] data, int from, int length) {
        int end = from + length;
        long x = word(data, from);
        long y = word(data, end - 16) ^ K1;
        long z = word(data, end - 56) ^ K0;
        long vFirst = weakFirst(data, end - 64, length);
        long vSecond = weakSecond(data, end - 64, length, y);
        long wFirst = weakFirst(data, end - 32, length * K1);
        long wSecond = weakSecond(data, end - 32, length * K1, K0);
        z += shiftMix(vSecond) * K1;
        x = Long.rotateRight(z + x, 39) * K1;
        y = Long.rotateRight(y, 33) * K1;
        int at = from;
        for (int left = (length - 1) & ~63; left > 0; left -= 64) {
            x = Long.rotateRight(x + y + vFirst + word(data, at + 16), 37) * K1;
            y = Long.rotateRight(y + vSecond + word(data, at + 48), 42) * K1;
            x ^= wSecond;
            y ^= vFirst;
            z = Long.rotateRight(z ^ wFirst, 33);
            long seed = vSecond * K1;
            vFirst = weakFirst(data, at, seed);
            vSecond = weakSecond(data, at, seed, x + wFirst);
            seed = z + wSecond;
            wFirst = weakFirst(data, at + 32, seed);
            wSecond = weakSecond(data, at + 32, seed, y);
            long swapped = z;
            z = x;
            x = swapped;
            at += 64;
        }
        return pair(pair(vFirst, wFirst) + shiftMix(y) * K1 + z, pair(vSecond, wSecond) + x);
    }

    private static long weakFirst(byte[] data, int at, long seed) {
        return seed
                + word(data, at)
                + word(data, at + 8)
                + word(data, at + 16)
                + word(data, at + 24);
    }

    private static long weakSecond(byte[] data, int at, long seedA, long seedB) {
        long a = seedA + word(data, at);
        long b = Long.rotateRight(seedB + a + word(data, at + 24), 21);
        long c = a;
        a += word(data, at + 8) + word(data, at + 16);
        return b + Long.rotateRight(a, 44) + c;
    }

    static long shiftMix(long value) {
        return value ^ (value >>> 47);
    }

    static long word(byte[] data, int at) {
        return (long) WireBuffer.LONG.get(data, at);
    }

    private static long half(byte[] data, int at) {
        return (int) WireBuffer.INT.get(data, at) & 0xFFFFFFFFL;
    }
}
