// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.columnar.ColumnarMapData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;

/** Maps: row n holds the entries between the counts of row n - 1 and of row n. */
final class MapVector extends WireVector implements MapColumnVector {

    private final byte[] counts;
    private final ColumnVector keys;
    private final ColumnVector values;

    MapVector(byte[] counts, byte[] nulls, ColumnVector keys, ColumnVector values) {
        super(nulls);
        this.counts = counts;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public MapData getMap(int row) {
        int start = Counts.before(counts, row);
        return new ColumnarMapData(keys, values, start, Counts.before(counts, row + 1) - start);
    }
}
