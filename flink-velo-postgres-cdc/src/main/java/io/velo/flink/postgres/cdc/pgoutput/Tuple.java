// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.pgoutput;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one row inside a message: where each begins and what form it has. Filled anew for
 * every message, so that no object is made per row. Not thread-safe.
 */
public final class Tuple {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The value is NULL. */
    public static final byte NULL = 'n';

    /** The value was not sent, because it is stored out of line and did not change. */
    public static final byte UNCHANGED = 'u';

    /** The value is text. */
    public static final byte TEXT = 't';

    /** The value has the binary form of its type. */
    public static final byte BINARY = 'b';

    private byte[] bytes;
    private int size;
    private byte[] kinds = new byte[32];
    private int[] starts = new int[32];
    private int[] lengths = new int[32];

    /** The caller sets every column. */
    void reset(byte[] message, int columns) {
        bytes = message;
        size = columns;
        if (columns > kinds.length) {
            kinds = new byte[columns];
            starts = new int[columns];
            lengths = new int[columns];
        }
    }

    void set(int column, byte kind, int start, int length) {
        kinds[column] = kind;
        starts[column] = start;
        lengths[column] = length;
    }

    /**
     * Takes over a row of a binary COPY: a 16-bit count of fields, then each with its 32-bit
     * length, -1 for NULL.
     *
     * @param kind the form of its values
     */
    public void readCopy(byte[] message, int start, byte kind) {
        int columns = (message[start] & 0xff) << 8 | message[start + 1] & 0xff;
        reset(message, columns);
        int at = start + 2;
        for (int i = 0; i < columns; i++) {
            int length = (int) INT.get(message, at);
            at += 4;
            if (length >= 0) {
                set(i, kind, at, length);
                at += length;
            } else {
                set(i, NULL, 0, 0);
            }
        }
    }

    /** The text of a value that has the form {@link #TEXT}. */
    public String text(int column) {
        return new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    /** How many columns it has. */
    public int size() {
        return size;
    }

    /** The array that holds the values; it is never written to again. */
    public byte[] bytes() {
        return bytes;
    }

    /** The form of a value: one of the constants of this class. */
    public byte kind(int column) {
        return kinds[column];
    }

    /** Where a value begins. */
    public int start(int column) {
        return starts[column];
    }

    /** How many bytes a value has. */
    public int length(int column) {
        return lengths[column];
    }

    /** Whether both tuples have the same value in a column, by form and bytes. */
    public boolean hasSame(int column, Tuple other) {
        return kinds[column] == other.kinds[column]
                && (kinds[column] == NULL
                        || kinds[column] == UNCHANGED
                        || Arrays.equals(
                                bytes,
                                starts[column],
                                starts[column] + lengths[column],
                                other.bytes,
                                other.starts[column],
                                other.starts[column] + other.lengths[column]));
    }
}
