// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The complete body of one INSERT: one Native block, never changed again, so that it can be sent
 * again byte by byte. Immutable, therefore thread-safe.
 */
public final class SealedBlock {

    private final List<ByteBuffer> pieces;
    private final int length;
    private final int rows;
    private final long rawBytes;

    SealedBlock(List<ByteBuffer> pieces, int rows, long rawBytes) {
        this.pieces = List.copyOf(pieces);
        long total = this.pieces.stream().mapToLong(ByteBuffer::remaining).sum();
        if (total > Integer.MAX_VALUE) {
            throw new IllegalStateException("A block of more than 2 GiB cannot be built.");
        }
        this.length = (int) total;
        this.rows = rows;
        this.rawBytes = rawBytes;
    }

    /** The block in these bytes, which must not change any more. */
    public static SealedBlock of(byte[] bytes, int rows, long rawBytes) {
        return new SealedBlock(List.of(ByteBuffer.wrap(bytes)), rows, rawBytes);
    }

    /** The body, piece by piece, for reading; each call gives positions of its own. */
    public List<ByteBuffer> pieces() {
        return pieces.stream().map(ByteBuffer::duplicate).toList();
    }

    /** A copy of the body. */
    public byte[] toBytes() {
        ByteBuffer all = ByteBuffer.allocate(length);
        pieces().forEach(all::put);
        return all.array();
    }

    /** Bytes of the body. */
    public int length() {
        return length;
    }

    /** Rows in the block. */
    public int rows() {
        return rows;
    }

    /** Bytes before compression. */
    public long rawBytes() {
        return rawBytes;
    }
}
