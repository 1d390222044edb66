// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with the key 0, which is ClickHouse's {@code sipHash64}. Stateless, therefore
 * thread-safe.
 *
 * <p>Source: the published SipHash algorithm (Aumasson and Bernstein); proved against the real
 * server.
 */
final class SipHash64 {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SipHash64() {}

    /** The hash of these bytes. */
    static long of(byte[] data, int from, int length) {
        long v0 = 0x736f6d6570736575L;
        long v1 = 0x646f72616e646f6dL;
        long v2 = 0x6c7967656e657261L;
        long v3 = 0x7465646279746573L;
        int words = length >>> 3;
        for (int word = 0; word < words + 5; word++) {
            // The words, the rest with the length, and four rounds at the end.
            long m = 0;
            if (word < words) {
                m = (long) LONG.get(data, from + word * 8);
            } else if (word == words) {
                m = rest(data, from, length);
            } else if (word == words + 1) {
                v2 ^= 0xff;
            }
            v3 ^= m;
            int rounds = word <= words ? 2 : 1;
            for (int round = 0; round < rounds; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long rest(byte[] data, int from, int length) {
        long rest = (long) length << 56;
        for (int i = length & ~7; i < length; i++) {
            rest |= (data[from + i] & 0xFFL) << ((i & 7) * 8);
        }
        return rest;
    }
}
