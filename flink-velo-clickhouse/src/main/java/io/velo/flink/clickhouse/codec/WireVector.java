// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** A column of a received block, viewed over the bytes as they came. */
abstract class WireVector implements ColumnVector {

    private final byte[] nulls;

    /** A view with one byte per row that is not zero for NULL, or null if no row is NULL. */
    WireVector(byte[] nulls) {
        this.nulls = nulls;
    }

    @Override
    public final boolean isNullAt(int row) {
        return nulls != null && nulls[row] != 0;
    }
}
