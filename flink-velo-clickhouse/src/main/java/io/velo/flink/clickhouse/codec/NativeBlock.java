// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The values of a block as {@link NativeBlockWriter} has encoded them, before they are packed for
 * the way to the server, which may take longer than encoding them and needs no knowledge of the
 * rows. May be handed to another thread.
 */
public final class NativeBlock {

    private final Compression compression;
    private final int rows;
    private final long rawBytes;
    private List<ByteBuffer> pieces;

    NativeBlock(Compression compression, List<ByteBuffer> pieces, int rows, long rawBytes) {
        this.compression = compression;
        this.pieces = pieces;
        this.rows = rows;
        this.rawBytes = rawBytes;
    }

    /** Rows in the block. */
    public int rows() {
        return rows;
    }

    /**
     * The block as it is sent. It can be packed once: whoever still holds this object does not hold
     * its values in memory beside the packed ones.
     *
     * @throws IllegalStateException if it was packed before
     */
    public SealedBlock pack() {
        List<ByteBuffer> values = pieces;
        if (values == null) {
            throw new IllegalStateException("The block was packed before.");
        }
        pieces = null;
        Body body = compression.body((int) Math.min(rawBytes, 1 << 30));
        for (ByteBuffer value : values) {
            body.append(value.array(), 0, value.limit());
        }
        return new SealedBlock(body.finish(), rows, rawBytes);
    }
}
