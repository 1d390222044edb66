// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

/**
 * ClickHouse's {@code intHash32} and {@code intHash64}. Stateless, therefore thread-safe.
 *
 * <p>Source: ClickHouse's documentation names the mixing functions: Thomas Wang's 64-bit to 32-bit
 * hash with a seed, and the finalizer of MurmurHash3 with a seed. Proved against the real server.
 */
final class IntHash {

    private static final long SEED_32 = 0x75D9543DE018BF45L;
    private static final long SEED_64 = 0x4CF2D2BAAE6DA887L;

    private IntHash() {}

    /** {@code intHash32}, from 0 to 2^32 - 1. */
    static long to32(long value) {
        long key = value ^ SEED_32;
        key = ~key + (key << 18);
        key ^= Long.rotateRight(key, 31);
        key *= 21;
        key ^= Long.rotateRight(key, 11);
        key += key << 6;
        key ^= Long.rotateRight(key, 22);
        return key & 0xFFFFFFFFL;
    }

    /** {@code intHash64}. */
    static long to64(long value) {
        long key = value ^ SEED_64;
        key = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
        key = (key ^ (key >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return key ^ (key >>> 33);
    }
}
