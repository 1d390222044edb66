// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * A body of compressed frames of at most {@value #FRAME_BYTES} raw bytes each.
 *
 * <p>A frame is the CityHash128 of what follows (16 bytes), the method (1 byte), the length of
 * method, lengths and payload (4 bytes), the raw length (4 bytes) and the payload.
 */
final class FrameBody implements Body {

    static final int CHECKSUM_BYTES = 16;
    static final int HEADER_BYTES = 9;
    static final int FRAME_BYTES = 1 << 18;

    private final FramePacking packing;
    private final CityHash128 checksum = new CityHash128();
    private final byte[] pending = new byte[FRAME_BYTES];
    private final WireBuffer buffer;
    private int pendingLength;

    FrameBody(FramePacking packing, int expectedBytes) {
        this.packing = packing;
        buffer = new WireBuffer(Math.max(1024, expectedBytes / 3));
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (pendingLength == 0 && left >= FRAME_BYTES) {
                frame(bytes, at, FRAME_BYTES);
                at += FRAME_BYTES;
                left -= FRAME_BYTES;
                continue;
            }
            int count = Math.min(left, FRAME_BYTES - pendingLength);
            System.arraycopy(bytes, at, pending, pendingLength, count);
            pendingLength += count;
            at += count;
            left -= count;
            if (pendingLength == FRAME_BYTES) {
                flush();
            }
        }
    }

    @Override
    public WireBuffer finish() {
        flush();
        return buffer;
    }

    private void flush() {
        if (pendingLength > 0) {
            frame(pending, 0, pendingLength);
            pendingLength = 0;
        }
    }

    private void frame(byte[] source, int offset, int length) {
        int room = packing.mostPacked(length);
        buffer.reserve(CHECKSUM_BYTES + HEADER_BYTES + room);
        byte[] target = buffer.bytes();
        int start = buffer.length();
        int header = start + CHECKSUM_BYTES;
        int payload = header + HEADER_BYTES;
        int packed = packing.pack(source, offset, length, target, payload, room);
        target[header] = packing.method();
        WireBuffer.INT.set(target, header + 1, packed + HEADER_BYTES);
        WireBuffer.INT.set(target, header + 5, length);
        checksum.hash(target, header, packed + HEADER_BYTES);
        WireBuffer.LONG.set(target, start, checksum.low());
        WireBuffer.LONG.set(target, start + 8, checksum.high());
        buffer.truncate(payload + packed);
    }
}
