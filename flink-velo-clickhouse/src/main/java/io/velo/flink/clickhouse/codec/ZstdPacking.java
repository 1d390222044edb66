// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.airlift.compress.zstd.ZstdCompressor;

/** Zstandard frames. */
final class ZstdPacking implements FramePacking {

    private static final byte METHOD = (byte) 0x90;

    private final ZstdCompressor compressor = new ZstdCompressor();

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
