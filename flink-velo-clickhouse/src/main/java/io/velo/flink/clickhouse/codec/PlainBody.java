// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A body without compression: the bytes as they lie there, not copied. */
final class PlainBody implements Body {

    private final List<ByteBuffer> pieces = new ArrayList<>();

    @Override
    public void append(byte[] bytes, int offset, int length) {
        if (length > 0) {
            pieces.add(ByteBuffer.wrap(bytes, offset, length).slice());
        }
    }

    @Override
    public List<ByteBuffer> finish() {
        return pieces;
    }
}
