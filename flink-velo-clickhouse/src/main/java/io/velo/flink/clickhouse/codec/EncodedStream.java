// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.airlift.compress.zstd.ZstdInputStream;
import io.velo.flink.common.error.VeloException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The raw bytes inside an answer in an HTTP encoding. Corrupt bytes end in a {@link VeloException}
 * with {@code VELO-IO-006}; a Zstandard window takes at most 8 MiB. Not thread-safe.
 */
public final class EncodedStream extends BulkStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream encoded;
    private final String encoding;
    private InputStream plain;

    /** Reads this stream, which is in the encoding {@code zstd} or {@code gzip}. */
    public EncodedStream(InputStream encoded, String encoding) {
        this.encoded = encoded;
        this.encoding = encoding;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (plain == null) {
                plain =
                        encoding.equals("zstd")
                                ? new ZstdInputStream(encoded)
                                : new GZIPInputStream(encoded, BUFFER_BYTES);
            }
            int count = plain.read(target, offset, length);
            // What unpacks may stop before the end, and a connection is kept only behind it.
            if (count < 0 && encoded.read() >= 0) {
                throw WireInput.broken("goes on behind its end");
            }
            return count;
        } catch (VeloException known) {
            throw known;
        } catch (EOFException | ZipException | RuntimeException malformed) {
            throw WireInput.broken("cannot be unpacked as " + encoding);
        }
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
