// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Array columns: counts, then the elements of all rows as one column. */
final class ArrayReader extends ColumnReader {

    private final ColumnReader elements;

    ArrayReader(ColumnSource source, ColumnReader elements) {
        super(source);
        this.elements = elements;
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        byte[] counts = Counts.read(in, rows);
        return new ArrayVector(counts, nulls, elements.read(in, Counts.total(counts)));
    }
}
