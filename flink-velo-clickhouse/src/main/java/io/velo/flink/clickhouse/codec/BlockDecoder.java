// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns an answer in another format into blocks of the Native format, so that one reader serves all
 * formats. Truncated and corrupt input ends in a {@code VeloException} with {@code VELO-IO-006}.
 * Not thread-safe.
 */
interface BlockDecoder {

    /** The decoder of this format, which is not Native. */
    static BlockDecoder of(WireFormat format, InputStream stream) {
        return switch (format) {
            case ROWBINARY -> new RowBinaryDecoder(stream);
            case JSON -> new JsonDecoder(stream);
            case TSV -> new TabSeparatedDecoder(stream);
            case PARQUET -> new ParquetDecoder(stream);
            case ARROW -> new ArrowDecoder(stream);
            case NATIVE -> throw new IllegalArgumentException(format.toString());
        };
    }

    /** The next block in the Native format, or null after the last row. */
    List<ByteBuffer> next() throws IOException;

    /** Gives up what was gathered; may be called by another thread than the one that reads. */
    default void close() {}
}
