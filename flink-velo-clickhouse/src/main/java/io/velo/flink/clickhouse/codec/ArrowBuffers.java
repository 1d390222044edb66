// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The buffers of a record batch, each of which starts at a multiple of eight bytes. */
final class ArrowBuffers {

    /**
     * A column or a part of one.
     *
     * @param length its values
     * @param nulls how many of them are NULL
     */
    record Node(int length, int nulls) {}

    /**
     * A buffer.
     *
     * @param offset where it starts in the body
     * @param length its bytes
     */
    record Place(long offset, long length) {}

    private static final byte[] PADDING = new byte[Long.BYTES];

    private final List<Node> nodes = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private long length;

    List<Node> nodes() {
        return nodes;
    }

    List<Place> places() {
        return places;
    }

    /** The bytes of the body, piece by piece. */
    List<ByteBuffer> pieces() {
        return pieces;
    }

    /** Bytes of the body. */
    long length() {
        return length;
    }

    /** Adds a column of that many values with all that it is made of. */
    void add(ColumnBytes column, int count) {
        addValidity(column.nulls(), count);
        ColumnBytes[] parts = column.parts();
        switch (column.type().kind()) {
            case ARRAY, VECTOR -> add(parts[0], addOffsets(column.data(), count));
            case MAP -> {
                int entries = addOffsets(column.data(), count);
                addValidity(null, entries);
                add(parts[0], entries);
                add(parts[1], entries);
            }
            case TUPLE -> {
                for (ColumnBytes part : parts) {
                    add(part, count);
                }
            }
            default -> addValues(CarriedValue.of(column.type()), column.data(), count);
        }
    }

    private void addValidity(ByteBuffer nulls, int count) {
        if (nulls == null) {
            nodes.add(new Node(count, 0));
            place(ByteBuffer.wrap(PADDING, 0, 0));
            return;
        }
        byte[] marks = nulls.array();
        byte[] bits = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
        int absent = 0;
        for (int i = 0; i < count; i++) {
            if (marks[i] == 0) {
                bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
            } else {
                absent++;
            }
        }
        nodes.add(new Node(count, absent));
        place(ByteBuffer.wrap(bits));
    }

    /** Adds where lists start, of which Native says where they end, and returns their elements. */
    private int addOffsets(ByteBuffer ends, int count) {
        WireBuffer offsets = new WireBuffer((count + 1) * Integer.BYTES);
        int end = 0;
        offsets.putInt(0);
        for (int i = 0; i < count; i++) {
            end = Math.toIntExact((long) WireBuffer.LONG.get(ends.array(), i * Long.BYTES));
            offsets.putInt(end);
        }
        place(offsets.handOver());
        return end;
    }

    private void addValues(CarriedValue value, ByteBuffer data, int count) {
        byte[] source = data.array();
        int width = value.width();
        switch (value.form()) {
            case TEXT -> addTexts(source, data.limit(), count);
            case BOOLEAN -> {
                byte[] bits = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
                for (int i = 0; i < count; i++) {
                    bits[i / Byte.SIZE] |= (byte) ((source[i] == 0 ? 0 : 1) << i % Byte.SIZE);
                }
                place(ByteBuffer.wrap(bits));
            }
            case HALF_FLOAT -> {
                WireBuffer out = new WireBuffer(count * Float.BYTES);
                for (int i = 0; i < count; i++) {
                    out.putInt((short) WireBuffer.SHORT.get(source, i * width) << Short.SIZE);
                }
                place(out.handOver());
            }
            case UUID -> {
                WireBuffer out = new WireBuffer(count * width);
                for (int i = 0; i < count; i++) {
                    CarriedValue.putUuid(out, source, i * width);
                }
                place(out.handOver());
            }
            case DECIMAL -> addDecimals(value, data, count);
            default -> place(data.duplicate());
        }
    }

    private void addDecimals(CarriedValue value, ByteBuffer data, int count) {
        int width = value.width();
        int more = ArrowFields.decimalBytes(value) - width;
        if (more == 0) {
            place(data.duplicate());
            return;
        }
        byte[] source = data.array();
        WireBuffer out = new WireBuffer(Math.multiplyExact(count, width + more));
        for (int i = 0; i < count; i++) {
            int at = i * width;
            out.putBytes(source, at, width);
            out.fill(source[at + width - 1] < 0 ? -1 : 0, more);
        }
        place(out.handOver());
    }

    private void addTexts(byte[] source, int bytes, int count) {
        WireBuffer offsets = new WireBuffer((count + 1) * Integer.BYTES);
        WireBuffer texts = new WireBuffer(Math.max(16, bytes));
        TextCursor cursor = new TextCursor(source);
        offsets.putInt(0);
        for (int i = 0; i < count; i++) {
            cursor.goTo(i);
            texts.putBytes(source, cursor.start(), cursor.length());
            offsets.putInt(texts.length());
        }
        place(offsets.handOver());
        place(texts.handOver());
    }

    private void place(ByteBuffer buffer) {
        int size = buffer.limit();
        int padding = -size & 7;
        places.add(new Place(length, size));
        pieces.add(buffer);
        pieces.add(ByteBuffer.wrap(PADDING, 0, padding));
        length += size + padding;
    }
}
