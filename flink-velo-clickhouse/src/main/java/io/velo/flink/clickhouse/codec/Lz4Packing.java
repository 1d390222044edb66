// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.airlift.compress.lz4.Lz4Compressor;

/** LZ4 blocks. */
final class Lz4Packing implements FramePacking {

    static final byte METHOD = (byte) 0x82;

    private final Lz4Compressor compressor = new Lz4Compressor();

    @Override
    public byte method() {
        return METHOD;
    }

    @Override
    public int mostPacked(int rawLength) {
        return compressor.maxCompressedLength(rawLength);
    }

    @Override
    public int pack(byte[] source, int offset, int length, byte[] target, int at, int room) {
        return compressor.compress(source, offset, length, target, at, room);
    }
}
