// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Bytes of tuples that grow: numbers in network byte order, values with their length before them.
 * Not thread-safe.
 */
public final class TupleBuffer {

    private static final int FIRST_CAPACITY = 1 << 16;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** The bytes themselves, valid up to {@link #size} and until the next one is added. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets all bytes behind this position. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Adds one byte. */
    public void int1(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Adds a number of two bytes. */
    public void int2(int value) {
        reserve(2);
        Bytes.putInt2(bytes, size, value);
        size += 2;
    }

    /** Adds a number of four bytes. */
    public void int4(int value) {
        reserve(4);
        Bytes.putInt4(bytes, size, value);
        size += 4;
    }

    /** Adds a number of eight bytes. */
    public void int8(long value) {
        reserve(8);
        Bytes.putInt8(bytes, size, value);
        size += 8;
    }

    /** Adds a part of an array. */
    public void bytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Adds the UTF-8 bytes of a text, without a length. */
    public void text(StringData text) {
        if (text instanceof BinaryStringData binary) {
            binary.ensureMaterialized();
            MemorySegment[] segments = binary.getSegments();
            int length = binary.getSizeInBytes();
            if (segments.length == 1) {
                reserve(length);
                segments[0].get(binary.getOffset(), bytes, size, length);
                size += length;
                return;
            }
        }
        byte[] copy = text.toBytes();
        bytes(copy, 0, copy.length);
    }

    /** Leaves room for the length of a value that follows; {@link #close} fills it in. */
    public int open() {
        int4(0);
        return size;
    }

    /**
     * Fills in the length of the value that starts at this position and ends here.
     *
     * @param start what {@link #open} returned
     */
    public void close(int start) {
        Bytes.putInt4(bytes, start - 4, size - start);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            int needed = Math.addExact(size, more);
            int grown = bytes.length > Integer.MAX_VALUE / 2 ? needed : 2 * bytes.length;
            bytes = Arrays.copyOf(bytes, Math.max(grown, needed));
        }
    }
}
