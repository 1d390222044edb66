// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** How bodies travel between Velo and the server. */
public enum Compression {
    /** ClickHouse's own LZ4 frames with checksums. */
    LZ4,
    /** Zstandard: frames with checksums for inserts, an HTTP encoding for answers. */
    ZSTD,
    /** gzip, an HTTP encoding. */
    GZIP,
    /** Plain bytes. */
    NONE;

    /** A new, empty body in this form. */
    Body body(int expectedBytes) {
        return switch (this) {
            case LZ4 -> new FrameBody(new Lz4Packing(), expectedBytes);
            case ZSTD -> new FrameBody(new ZstdPacking(), expectedBytes);
            case GZIP -> new GzipBody(expectedBytes);
            case NONE -> new PlainBody();
        };
    }

    /** Whether bodies of inserts consist of ClickHouse's frames. */
    public boolean framesInserts() {
        return this == LZ4 || this == ZSTD;
    }

    /** The name of the HTTP encoding in which answers are asked for, or an empty string. */
    public String answerEncoding() {
        return switch (this) {
            case ZSTD -> "zstd";
            case GZIP -> "gzip";
            case LZ4, NONE -> "";
        };
    }

    /** The name of the HTTP encoding of bodies of inserts, or an empty string. */
    public String insertEncoding() {
        return this == GZIP ? "gzip" : "";
    }
}
