// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.ColumnarArrayData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Arrays: row n holds the elements between the counts of row n - 1 and of row n. */
final class ArrayVector extends WireVector implements ArrayColumnVector {

    private final byte[] counts;
    private final ColumnVector elements;

    ArrayVector(byte[] counts, byte[] nulls, ColumnVector elements) {
        super(nulls);
        this.counts = counts;
        this.elements = elements;
    }

    @Override
    public ColumnarArrayData getArray(int row) {
        int start = Counts.before(counts, row);
        return new ColumnarArrayData(elements, start, Counts.before(counts, row + 1) - start);
    }
}
