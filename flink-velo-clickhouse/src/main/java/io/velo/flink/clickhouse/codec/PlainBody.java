// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** A body without compression. */
final class PlainBody implements Body {

    private final WireBuffer buffer;

    PlainBody(int expectedBytes) {
        buffer = new WireBuffer(expectedBytes);
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        buffer.putBytes(bytes, offset, length);
    }

    @Override
    public WireBuffer finish() {
        return buffer;
    }
}
