// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** The nodes and buffers of a record batch in their order. Not thread-safe. */
final class ArrowBatch {

    /**
     * A part of the body.
     *
     * @param start where it starts
     * @param length its bytes
     */
    record Slice(int start, int length) {}

    private final RecordBatch batch;
    private final byte[] body;
    private int nextNode;
    private int nextBuffer;

    ArrowBatch(RecordBatch batch, byte[] body) {
        this.batch = batch;
        this.body = body;
    }

    byte[] body() {
        return body;
    }

    /** The most values that a column may have: each takes a bit at least. */
    long most() {
        return Math.min(Integer.MAX_VALUE, (long) body.length * Byte.SIZE);
    }

    /** Takes the next node, which has at least that many values, and returns its NULLs. */
    long takeNode(int count) {
        if (nextNode >= batch.nodesLength()) {
            throw WireInput.broken("has a record batch that lacks columns");
        }
        FieldNode node = batch.nodes(nextNode++);
        if (node.length() < count || node.nullCount() < 0) {
            throw WireInput.broken("has columns of different lengths");
        }
        return node.nullCount();
    }

    /** Takes the next buffer, of at least that many bytes. */
    Slice takeBuffer(long bytes) {
        if (nextBuffer >= batch.buffersLength()) {
            throw WireInput.broken("has a record batch that lacks buffers");
        }
        Buffer buffer = batch.buffers(nextBuffer++);
        long start = buffer.offset();
        long length = buffer.length();
        boolean inside = start >= 0 && length >= 0 && start <= body.length - length;
        if (!inside || length < bytes) {
            throw WireInput.broken("has a buffer of impossible length");
        }
        return new Slice((int) start, (int) length);
    }
}
