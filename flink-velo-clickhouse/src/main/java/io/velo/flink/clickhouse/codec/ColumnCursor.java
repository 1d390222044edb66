// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.Arrays;

/**
 * Reads the values of a column one after the other, for formats that hold rows. Each value is
 * announced by {@link #nextIsNull()} and then taken or skipped. Not thread-safe.
 */
final class ColumnCursor {

    private final ClickHouseType type;
    private final byte[] nulls;
    private final byte[] data;
    private final ColumnCursor[] parts;
    private int row;
    private int at;
    private long counted;

    ColumnCursor(ColumnBytes column) {
        this.type = column.type();
        this.nulls = column.nulls() == null ? null : column.nulls().array();
        this.data = column.data().array();
        this.parts =
                Arrays.stream(column.parts()).map(ColumnCursor::new).toArray(ColumnCursor[]::new);
    }

    /** Goes to the next value and says whether it is NULL. */
    boolean nextIsNull() {
        return nulls != null && nulls[row++] != 0;
    }

    byte[] data() {
        return data;
    }

    /** What the values are made of. */
    ColumnCursor part(int index) {
        return parts[index];
    }

    /** Takes a value of fixed width and returns where it starts. */
    int takeFixed() {
        int start = at;
        at += type.width();
        return start;
    }

    /** Takes the length of a text; its bytes follow by {@link #takeBytes}. */
    int takeLength() {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = data[at++];
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return length;
    }

    /** Takes that many bytes and returns where they start. */
    int takeBytes(int length) {
        int start = at;
        at += length;
        return start;
    }

    /** Takes the number of elements of an array or a map; they follow in the parts. */
    int takeCount() {
        long total = (long) WireBuffer.LONG.get(data, at);
        int count = (int) (total - counted);
        counted = total;
        at += Long.BYTES;
        return count;
    }

    /** Passes over what stands behind a NULL mark. */
    void skip() {
        switch (type.kind()) {
            case STRING, JSON, ANY, STATE -> takeBytes(takeLength());
            case ARRAY, VECTOR, MAP -> {
                for (int i = takeCount(); i > 0; i--) {
                    skipParts();
                }
            }
            case TUPLE -> skipParts();
            default -> takeFixed();
        }
    }

    private void skipParts() {
        for (ColumnCursor part : parts) {
            part.nextIsNull();
            part.skip();
        }
    }
}
