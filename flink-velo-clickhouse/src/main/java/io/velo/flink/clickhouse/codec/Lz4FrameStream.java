// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The raw bytes inside a stream of LZ4 frames. Every frame's checksum is compared before anything
 * of it is handed out, and a frame may hold at most {@value #MAX_FRAME_BYTES} bytes, so a corrupt
 * length cannot make this class allocate more. Not thread-safe.
 *
 * <p>A broken frame ends in a {@link VeloException} with {@code VELO-IO-006}.
 */
public final class Lz4FrameStream extends BulkStream {

    private static final int MAX_FRAME_BYTES = 64 << 20;
    private static final int PREFIX = FrameBody.CHECKSUM_BYTES + FrameBody.HEADER_BYTES;

    private final Lz4Decompressor decompressor = new Lz4Decompressor();
    private final CityHash128 checksum = new CityHash128();
    private final InputStream frames;
    private byte[] packed = new byte[1 << 16];
    private byte[] raw = new byte[1 << 16];
    private int position;
    private int limit;

    /** Reads frames from this stream and closes it when closed. */
    public Lz4FrameStream(InputStream frames) {
        this.frames = frames;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !nextFrame()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(raw, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }

    private boolean nextFrame() throws IOException {
        do {
            int got = frames.readNBytes(packed, 0, PREFIX);
            if (got == 0) {
                return false;
            }
            if (got < PREFIX) {
                throw broken("ends inside the head of a compressed frame", null);
            }
            unpack();
        } while (limit == 0);
        return true;
    }

    private void unpack() throws IOException {
        int packedLength = (int) WireBuffer.INT.get(packed, FrameBody.CHECKSUM_BYTES + 1);
        int rawLength = (int) WireBuffer.INT.get(packed, FrameBody.CHECKSUM_BYTES + 5);
        if (packed[FrameBody.CHECKSUM_BYTES] != Lz4Packing.METHOD) {
            throw broken("holds a frame that is not LZ4", null);
        }
        if (packedLength < FrameBody.HEADER_BYTES
                || packedLength > MAX_FRAME_BYTES
                || rawLength < 0
                || rawLength > MAX_FRAME_BYTES) {
            throw broken("holds a compressed frame of impossible length", null);
        }
        int total = FrameBody.CHECKSUM_BYTES + packedLength;
        readPayload(total);
        checksum.hash(packed, FrameBody.CHECKSUM_BYTES, packedLength);
        if (checksum.low() != (long) WireBuffer.LONG.get(packed, 0)
                || checksum.high() != (long) WireBuffer.LONG.get(packed, 8)) {
            throw broken("holds a compressed frame whose checksum is wrong", null);
        }
        decompress(total, rawLength);
    }

    /** Grows with what arrives, not with what the head promises. */
    private void readPayload(int total) throws IOException {
        int have = PREFIX;
        while (have < total) {
            if (have == packed.length) {
                packed = Arrays.copyOf(packed, (int) Math.min(total, packed.length * 2L));
            }
            int got = frames.read(packed, have, Math.min(total, packed.length) - have);
            if (got < 0) {
                throw broken("ends inside a compressed frame", null);
            }
            have += got;
        }
    }

    private void decompress(int total, int rawLength) {
        if (raw.length < rawLength) {
            raw = new byte[rawLength];
        }
        try {
            int unpacked =
                    decompressor.decompress(packed, PREFIX, total - PREFIX, raw, 0, rawLength);
            if (unpacked != rawLength) {
                throw broken("holds a compressed frame of another length than it says", null);
            }
        } catch (MalformedInputException malformed) {
            throw broken("holds a compressed frame that cannot be unpacked", malformed);
        }
        position = 0;
        limit = rawLength;
    }

    private static VeloException broken(String what, Exception reason) {
        Problem problem =
                Problem.of(ErrorCode.IO_PROTOCOL, "The ClickHouse answer " + what + ".")
                        .remedy("Read again; if it happens again look at the server's log.");
        return reason == null ? problem.toException() : problem.toException(reason);
    }
}
