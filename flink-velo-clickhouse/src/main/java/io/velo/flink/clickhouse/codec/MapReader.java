// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Map columns: counts, then the keys of all rows, then their values. */
final class MapReader extends ColumnReader {

    private final ColumnReader keys;
    private final ColumnReader values;

    MapReader(ColumnSource source, ColumnReader keys, ColumnReader values) {
        super(source);
        this.keys = keys;
        this.values = values;
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        byte[] counts = Counts.read(in, rows);
        int total = Counts.total(counts);
        ColumnVector allKeys = keys.read(in, total);
        return new MapVector(counts, nulls, allKeys, values.read(in, total));
    }
}
