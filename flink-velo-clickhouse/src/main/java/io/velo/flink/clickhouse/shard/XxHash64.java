// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with the seed 0, which is ClickHouse's {@code xxHash64}. Stateless, therefore thread-safe.
 *
 * <p>Source: the published xxHash algorithm (Collet); proved against the real server.
 */
final class XxHash64 {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    /** The hash of these bytes. */
    static long of(byte[] data, int from, int length) {
        int at = from;
        int end = from + length;
        long hash = P5;
        if (length >= 32) {
            long a = P1 + P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; at <= end - 32; at += 32) {
                a = round(a, (long) LONG.get(data, at));
                b = round(b, (long) LONG.get(data, at + 8));
                c = round(c, (long) LONG.get(data, at + 16));
                d = round(d, (long) LONG.get(data, at + 24));
            }
            hash =
                    Long.rotateLeft(a, 1)
                            + Long.rotateLeft(b, 7)
                            + Long.rotateLeft(c, 12)
                            + Long.rotateLeft(d, 18);
            hash = merged(merged(merged(merged(hash, a), b), c), d);
        }
        return mixed(tail(data, at, end, hash + length));
    }

    private static long tail(byte[] data, int from, int end, long start) {
        int at = from;
        long hash = start;
        for (; at <= end - 8; at += 8) {
            hash ^= round(0, (long) LONG.get(data, at));
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (at <= end - 4) {
            hash ^= ((int) INT.get(data, at) & 0xFFFFFFFFL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            hash ^= (data[at] & 0xFFL) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return hash;
    }

    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }

    private static long round(long state, long word) {
        return Long.rotateLeft(state + word * P2, 31) * P1;
    }

    private static long merged(long hash, long state) {
        return (hash ^ round(0, state)) * P1 + P4;
    }
}
