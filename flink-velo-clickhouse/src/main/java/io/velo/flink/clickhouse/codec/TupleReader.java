// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Tuple columns: one column per field. */
final class TupleReader extends ColumnReader {

    private final ColumnReader[] fields;
    private final int[] positions;

    /**
     * A reader.
     *
     * @param fields readers in the order of the wire
     * @param positions where each of them stands in the Flink row
     */
    TupleReader(ColumnSource source, ColumnReader[] fields, int[] positions) {
        super(source);
        this.fields = fields;
        this.positions = positions;
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        ColumnVector[] vectors = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            vectors[positions[i]] = fields[i].read(in, rows);
        }
        return new TupleVector(vectors, nulls);
    }
}
