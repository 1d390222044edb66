// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * The values of a block as {@link NativeBlockWriter} has encoded them, before they are packed for
 * the way to the server, which may take longer than encoding them and needs no knowledge of the
 * rows. May be handed to another thread.
 */
public final class NativeBlock {

    /** What a block consists of. */
    @FunctionalInterface
    interface Content {

        /** Appends it to the body and returns how many bytes it has. */
        long writeTo(Body body);
    }

    private final Compression compression;
    private final int rows;
    private final long rawBytes;
    private Content content;

    NativeBlock(Compression compression, Content content, int rows, long rawBytes) {
        this.compression = compression;
        this.content = content;
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
        Content values = content;
        if (values == null) {
            throw new IllegalStateException("The block was packed before.");
        }
        content = null;
        Body body = compression.body((int) Math.min(rawBytes, 1 << 30));
        long raw = values.writeTo(body);
        return new SealedBlock(body.finish(), rows, raw);
    }
}
