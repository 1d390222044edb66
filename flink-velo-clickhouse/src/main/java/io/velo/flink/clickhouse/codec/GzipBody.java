// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A body in gzip, at the fastest level: who chooses gzip has a proxy that asks for it. */
final class GzipBody implements Body {

    private final WireBuffer buffer;
    private final GZIPOutputStream packer;

    GzipBody(int expectedBytes) {
        buffer = new WireBuffer(Math.max(1024, expectedBytes / 4));
        try {
            packer = new Packer(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        try {
            packer.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<ByteBuffer> finish() {
        try {
            packer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(buffer.handOver());
    }

    private static final class Packer extends GZIPOutputStream {
        Packer(WireBuffer buffer) throws IOException {
            super(new Appending(buffer), 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Appending extends OutputStream {

        private final WireBuffer buffer;

        Appending(WireBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int value) {
            buffer.putByte(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            buffer.putBytes(bytes, offset, length);
        }
    }
}
