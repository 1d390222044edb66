// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** Reads Arrow's buffers of values into the form of the Native format. Stateless. */
final class ArrowValues {

    private ArrowValues() {}

    /** Appends that many values of a column without parts. */
    static void read(ArrowColumn column, ArrowBatch batch, int count, WireBuffer out) {
        CarriedValue value = column.value();
        byte[] body = batch.body();
        int width = value.width();
        switch (value.form()) {
            case BOOLEAN -> {
                int start = batch.takeBuffer((count + 7L) / Byte.SIZE).start();
                out.reserve(count);
                for (int i = 0; i < count; i++) {
                    out.putByte(body[start + i / Byte.SIZE] >>> i % Byte.SIZE & 1);
                }
            }
            case HALF_FLOAT -> {
                int start = batch.takeBuffer((long) count * Float.BYTES).start();
                for (int i = 0; i < count; i++) {
                    out.putBytes(body, start + i * Float.BYTES + Short.BYTES, Short.BYTES);
                }
            }
            case DECIMAL -> {
                int wide = column.bytes();
                int start = batch.takeBuffer((long) count * wide).start();
                for (int i = 0; i < count; i++) {
                    out.putBytes(body, start + i * wide, width);
                }
            }
            case UUID -> {
                int start = batch.takeBuffer((long) count * width).start();
                for (int i = 0; i < count; i++) {
                    CarriedValue.putUuid(out, body, start + i * width);
                }
            }
            case TEXT -> readTexts(column, batch, count, out);
            default -> {
                int start = batch.takeBuffer((long) count * width).start();
                out.putBytes(body, start, count * width);
            }
        }
    }

    private static void readTexts(ArrowColumn column, ArrowBatch batch, int count, WireBuffer out) {
        byte[] body = batch.body();
        int bytes = column.bytes();
        int offsets = batch.takeBuffer(count == 0 ? 0 : (count + 1L) * bytes).start();
        ArrowBatch.Slice texts = batch.takeBuffer(0);
        for (int i = 0; i < count; i++) {
            long from = offset(body, offsets, i, bytes);
            long to = offset(body, offsets, i + 1, bytes);
            if (from < 0 || to < from || to > texts.length()) {
                throw WireInput.broken("has texts that end before they start");
            }
            int length = (int) (to - from);
            out.putVarint(length);
            out.putBytes(body, texts.start() + (int) from, length);
        }
    }

    /** One of the offsets that start there. */
    static long offset(byte[] body, int start, int index, int bytes) {
        return bytes == Long.BYTES
                ? (long) WireBuffer.LONG.get(body, start + index * Long.BYTES)
                : (int) WireBuffer.INT.get(body, start + index * Integer.BYTES);
    }
}
