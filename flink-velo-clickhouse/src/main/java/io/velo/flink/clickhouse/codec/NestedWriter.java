// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** A writer of values that are made of others: each part is a column of its own on the wire. */
abstract class NestedWriter extends ColumnWriter {

    NestedWriter(ColumnTarget target, ColumnWriter... parts) {
        super(target, parts);
    }

    /** The last cumulative count that was written. */
    final long countSoFar() {
        return data.length() == 0 ? 0 : (long) WireBuffer.LONG.get(data.bytes(), data.length() - 8);
    }
}
