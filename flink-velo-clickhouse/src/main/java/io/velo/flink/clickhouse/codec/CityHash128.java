// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * The 128-bit checksum of ClickHouse's compressed frames: CityHash128 as of version 1.0.2, which
 * ClickHouse froze. Later versions of CityHash give other values. Not thread-safe.
 *
 * <p>Source: the published CityHash algorithm (Pike and Alakuijala); proved against the frames of
 * the real server.
 */
final class CityHash128 {

    private static final long K0 = 0xc3a5c85c97cb3127L;
    private static final long K1 = 0xb492b66fbe98f273L;
    private static final long K3 = 0xc949d7c7509e6557L;

    private byte[] data;
    private long low;
    private long high;
    private long vLow;
    private long vHigh;
    private long wLow;
    private long wHigh;

    /** The lower half of the last hash. */
    long low() {
        return low;
    }

    /** The upper half of the last hash. */
    long high() {
        return high;
    }

    /** Hashes these bytes; the result stands in {@link #low()} and {@link #high()}. */
    void hash(byte[] bytes, int offset, int length) {
        data = bytes;
        if (length >= 16) {
            seeded(offset + 16, length - 16, word(offset) ^ K3, word(offset + 8));
        } else if (length >= 8) {
            long seedLow = word(offset) ^ (length * K0);
            seeded(offset, 0, seedLow, word(offset + length - 8) ^ K1);
        } else {
            seeded(offset, length, K0, K1);
        }
        data = null;
    }

    private void seeded(int offset, int length, long seedLow, long seedHigh) {
        if (length < 128) {
            murmur(offset, length, seedLow, seedHigh);
        } else {
            blocks(offset, length, seedLow, seedHigh);
        }
    }

    private void murmur(int offset, int length, long seedLow, long seedHigh) {
        long a = seedLow;
        long b = seedHigh;
        long c;
        long d;
        if (length <= 16) {
            a = CityHash64.shiftMix(a * K1) * K1;
            c = b * K1 + CityHash64.upTo16(data, offset, length);
            d = CityHash64.shiftMix(a + (length >= 8 ? word(offset) : c));
        } else {
            c = CityHash64.pair(word(offset + length - 8) + K1, a);
            d = CityHash64.pair(b + length, c + word(offset + length - 16));
            a += d;
            int at = offset;
            for (int left = length - 16; left > 0; left -= 16) {
                a = (a ^ CityHash64.shiftMix(word(at) * K1) * K1) * K1;
                b ^= a;
                c = (c ^ CityHash64.shiftMix(word(at + 8) * K1) * K1) * K1;
                d ^= c;
                at += 16;
            }
        }
        a = CityHash64.pair(a, c);
        b = CityHash64.pair(d, b);
        low = a ^ b;
        high = CityHash64.pair(b, a);
    }

    private void blocks(int offset, int length, long seedLow, long seedHigh) {
        long x = seedLow;
        long y = seedHigh;
        long z = length * K1;
        vLow = Long.rotateRight(y ^ K1, 49) * K1 + word(offset);
        vHigh = Long.rotateRight(vLow, 42) * K1 + word(offset + 8);
        wLow = Long.rotateRight(y + z, 35) * K1 + x;
        wHigh = Long.rotateRight(x + word(offset + 88), 53) * K1;
        int at = offset;
        int left = length;
        while (left >= 64 + 64) {
            for (int half = 0; half < 2; half++) {
                x = Long.rotateRight(x + y + vLow + word(at + 16), 37) * K1;
                y = Long.rotateRight(y + vHigh + word(at + 48), 42) * K1;
                x ^= wHigh;
                y ^= vLow;
                z = Long.rotateRight(z ^ wLow, 33);
                weakV(at, vHigh * K1, x + wLow);
                weakW(at + 32, z + wHigh, y);
                long swapped = z;
                z = x;
                x = swapped;
                at += 64;
            }
            left -= 128;
        }
        tail(at, left, x, y, z);
    }

    private void tail(int at, int left, long startX, long startY, long z) {
        long y = startY + Long.rotateRight(wLow, 37) * K0 + z;
        long x = startX + Long.rotateRight(vLow + z, 49) * K0;
        int done = 0;
        while (done < left) {
            done += 32;
            y = Long.rotateRight(y - x, 42) * K0 + vHigh;
            wLow += word(at + left - done + 16);
            x = Long.rotateRight(x, 49) * K0 + wLow;
            wLow += vLow;
            weakV(at + left - done, vLow, vHigh);
        }
        x = CityHash64.pair(x, vLow);
        y = CityHash64.pair(y, wLow);
        low = CityHash64.pair(x + vHigh, wHigh) + y;
        high = CityHash64.pair(x + wHigh, y + vHigh);
    }

    private void weakV(int at, long seedA, long seedB) {
        long a = seedA + word(at);
        long b = Long.rotateRight(seedB + a + word(at + 24), 21);
        long c = a;
        a += word(at + 8) + word(at + 16);
        b += Long.rotateRight(a, 44);
        vLow = a + word(at + 24);
        vHigh = b + c;
    }

    private void weakW(int at, long seedA, long seedB) {
        long a = seedA + word(at);
        long b = Long.rotateRight(seedB + a + word(at + 24), 21);
        long c = a;
        a += word(at + 8) + word(at + 16);
        b += Long.rotateRight(a, 44);
        wLow = a + word(at + 24);
        wHigh = b + c;
    }

    private long word(int at) {
        return (long) WireBuffer.LONG.get(data, at);
    }
}
