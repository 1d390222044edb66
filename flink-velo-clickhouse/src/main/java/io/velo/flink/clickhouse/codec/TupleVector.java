// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/** Tuples: one column per field. */
final class TupleVector extends WireVector implements RowColumnVector {

    private final VectorizedColumnBatch fields;

    TupleVector(ColumnVector[] fields, byte[] nulls) {
        super(nulls);
        this.fields = new VectorizedColumnBatch(fields);
    }

    @Override
    public ColumnarRowData getRow(int row) {
        return new ColumnarRowData(fields, row);
    }
}
