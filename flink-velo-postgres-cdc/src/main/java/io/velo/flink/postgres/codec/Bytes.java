// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order within an array. The caller has checked the bounds. */
final class Bytes {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static short int2(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset);
    }

    static int int4(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static long int8(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putInt2(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    static void putInt4(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    static void putInt8(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
