// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers the values of a column that arrive one by one, in the form of the Native format. Each
 * value is announced by {@link #present()} or is {@link #absent()}. Not thread-safe.
 */
final class ColumnBuffer {

    private final ClickHouseType type;
    private final WireBuffer nulls;
    private final WireBuffer data = new WireBuffer(1024);
    private final ColumnBuffer[] parts;
    private long counted;

    ColumnBuffer(ClickHouseType type) {
        this.type = type;
        this.nulls = type.nullable() ? new WireBuffer(64) : null;
        this.parts =
                type.fields().stream()
                        .map(field -> new ColumnBuffer(field.type()))
                        .toArray(ColumnBuffer[]::new);
    }

    ClickHouseType type() {
        return type;
    }

    /** Where the marks of NULL are appended, one byte per value; null if it takes none. */
    WireBuffer nulls() {
        return nulls;
    }

    /** Where the values of a column without parts are appended. */
    WireBuffer data() {
        return data;
    }

    /** What the values are made of. */
    ColumnBuffer part(int index) {
        return parts[index];
    }

    /** A value follows. */
    void present() {
        if (nulls != null) {
            nulls.putByte(0);
        }
    }

    /**
     * Appends NULL.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if the column takes none
     */
    void absent() {
        if (nulls == null) {
            throw WireInput.broken("holds NULL for a value of type " + type);
        }
        nulls.putByte(1);
        putDefault();
    }

    /** Ends an array or a map of that many elements, which are in the parts. */
    void putCount(int count) {
        counted += count;
        data.putLong(counted);
    }

    private void putDefault() {
        switch (type.kind()) {
            case STRING -> data.putByte(0);
            case ARRAY, MAP -> putCount(0);
            case TUPLE -> {
                for (ColumnBuffer part : parts) {
                    if (part.nulls == null) {
                        part.putDefault();
                    } else {
                        part.absent();
                    }
                }
            }
            default -> data.fill(0, type.width());
        }
    }

    long size() {
        long size = data.length() + (nulls == null ? 0 : nulls.length());
        for (ColumnBuffer part : parts) {
            size += part.size();
        }
        return size;
    }

    /** Hands over the column as Native has it; the next value starts a new one. */
    void handOver(Consumer<ByteBuffer> wire) {
        if (nulls != null) {
            wire.accept(nulls.handOver());
        }
        wire.accept(data.handOver());
        counted = 0;
        for (ColumnBuffer part : parts) {
            part.handOver(wire);
        }
    }

    /** What the columns hold, as a block of that many rows. */
    static List<ByteBuffer> block(String[] names, ColumnBuffer[] columns, int rows) {
        List<ByteBuffer> pieces = new ArrayList<>();
        WireBuffer head = new WireBuffer(64);
        head.putVarint(columns.length);
        head.putVarint(rows);
        for (int i = 0; i < columns.length; i++) {
            putText(head, names[i]);
            putText(head, columns[i].type().text());
            pieces.add(head.handOver());
            columns[i].handOver(pieces::add);
        }
        return pieces;
    }

    private static void putText(WireBuffer head, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head.putVarint(bytes.length);
        head.putBytes(bytes, 0, bytes.length);
    }
}
