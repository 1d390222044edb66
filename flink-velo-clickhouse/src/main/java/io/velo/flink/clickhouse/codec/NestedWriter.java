// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** A writer of values that are made of others: each part is a column of its own on the wire. */
abstract class NestedWriter extends ColumnWriter {

    private final ColumnWriter[] parts;

    NestedWriter(ColumnTarget target, ColumnWriter... parts) {
        super(target);
        this.parts = parts;
    }

    /** The last cumulative count that was written. */
    final long countSoFar() {
        return data.length() == 0 ? 0 : (long) WireBuffer.LONG.get(data.bytes(), data.length() - 8);
    }

    @Override
    final void mark() {
        super.mark();
        for (ColumnWriter part : parts) {
            part.mark();
        }
    }

    @Override
    final void undo() {
        super.undo();
        for (ColumnWriter part : parts) {
            part.undo();
        }
    }

    @Override
    final int size() {
        int size = super.size();
        for (ColumnWriter part : parts) {
            size += part.size();
        }
        return size;
    }

    @Override
    final void writeTo(Body body) {
        super.writeTo(body);
        for (ColumnWriter part : parts) {
            part.writeTo(body);
        }
    }

    @Override
    final void reset() {
        super.reset();
        for (ColumnWriter part : parts) {
            part.reset();
        }
    }
}
