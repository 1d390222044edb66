// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow at their end, with the little-endian writes of the Native format. */
final class WireBuffer {

    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;
    private static final byte[] NONE = {};

    private byte[] bytes;
    private int length;
    private int expected;

    WireBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    void truncate(int newLength) {
        length = newLength;
    }

    /**
     * The bytes so far, which belong to the caller; this buffer goes on empty. With its next byte
     * it makes room for about as many again.
     */
    ByteBuffer handOver() {
        ByteBuffer written = ByteBuffer.wrap(bytes, 0, length);
        expected = length + length / 16;
        bytes = NONE;
        length = 0;
        return written;
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putShort(int value) {
        reserve(2);
        SHORT.set(bytes, length, (short) value);
        length += 2;
    }

    void putInt(int value) {
        reserve(4);
        INT.set(bytes, length, value);
        length += 4;
    }

    void putLong(long value) {
        reserve(8);
        LONG.set(bytes, length, value);
        length += 8;
    }

    /** The lowest bytes of the value; width is 1, 2, 4 or 8. */
    void putInteger(long value, int width) {
        switch (width) {
            case 1 -> putByte((int) value);
            case 2 -> putShort((int) value);
            case 4 -> putInt((int) value);
            default -> putLong(value);
        }
    }

    void putBytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void fill(int value, int count) {
        reserve(count);
        Arrays.fill(bytes, length, length + count, (byte) value);
        length += count;
    }

    /** Seven bits per byte, lowest first, the upper bit says that more follow. */
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            putByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    /** Room for that many more bytes at {@link #length()}. */
    void reserve(int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
    }

    private void grow(int count) {
        long needed = (long) length + count;
        if (needed > MAX_LENGTH) {
            throw new IllegalStateException("A block of more than 2 GiB cannot be built.");
        }
        long room = Math.max(Math.max(64L, bytes.length * 2L), expected);
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(MAX_LENGTH, room)));
    }
}
