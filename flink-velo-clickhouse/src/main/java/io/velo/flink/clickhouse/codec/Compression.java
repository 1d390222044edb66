// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** How bodies travel between Velo and the server. */
public enum Compression {
    /** ClickHouse's own LZ4 frames with checksums. */
    LZ4,
    /** Plain bytes. */
    NONE;

    /** A new, empty body in this form. */
    Body body(int expectedBytes) {
        return this == LZ4 ? new Lz4Body(expectedBytes) : new PlainBody(expectedBytes);
    }
}
