// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of the bytes of a key whose low bits differ for numbers that follow each other: keys often
 * are such, and a table that looks for the next free place is slow as soon as they collide.
 */
final class KeyHash {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /**
     * 2 to the 64 divided by the golden ratio, as in D. E. Knuth, The Art of Computer Programming,
     * volume 3, section 6.4, "multiplicative hashing".
     */
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private KeyHash() {}

    /** The hash of the bytes from one place to before another. */
    static int of(byte[] bytes, int from, int to) {
        long hash = 0;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(bytes, at));
        }
        long rest = to - at;
        for (; at < to; at++) {
            rest = rest << Byte.SIZE | bytes[at] & 0xFF;
        }
        return (int) (mixed(hash ^ rest) >>> Integer.SIZE);
    }

    /** The upper half depends on all bits; it is folded into the lower one for the next round. */
    private static long mixed(long value) {
        long product = value * GOLDEN;
        return product ^ product >>> Integer.SIZE;
    }
}
