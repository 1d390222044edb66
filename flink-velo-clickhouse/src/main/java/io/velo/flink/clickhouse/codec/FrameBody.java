// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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

    /** Of several frames: a buffer that grows would be copied again and again. */
    private static final int PIECE_BYTES = 4 * FRAME_BYTES;

    private final FramePacking packing;
    private final CityHash128 checksum = new CityHash128();
    private final byte[] pending = new byte[FRAME_BYTES];
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final WireBuffer buffer;
    private final int pieceBytes;
    private int pendingLength;

    FrameBody(FramePacking packing, int expectedBytes) {
        this.packing = packing;
        pieceBytes = Math.max(1024, Math.min(PIECE_BYTES, expectedBytes));
        buffer = new WireBuffer(pieceBytes);
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
    public List<ByteBuffer> finish() {
        flush();
        pieces.add(buffer.handOver());
        return pieces;
    }

    private void flush() {
        if (pendingLength > 0) {
            frame(pending, 0, pendingLength);
            pendingLength = 0;
        }
    }

    private void frame(byte[] source, int offset, int length) {
        int room = packing.mostPacked(length);
        int most = CHECKSUM_BYTES + HEADER_BYTES + room;
        if (buffer.length() > 0 && buffer.length() + most > pieceBytes) {
            pieces.add(buffer.handOver());
            buffer.reserve(pieceBytes);
        }
        buffer.reserve(most);
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
