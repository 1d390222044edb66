// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;

/** ROW into Tuple: one column per field. */
final class TupleWriter extends NestedWriter {

    private final ColumnWriter[] fields;
    private final int[] positions;

    /**
     * A writer.
     *
     * @param fields writers in the order of the wire
     * @param positions where the value of each of them stands in the Flink row
     */
    TupleWriter(ColumnTarget target, ColumnWriter[] fields, int[] positions) {
        super(target, fields);
        this.fields = fields;
        this.positions = positions;
    }

    @Override
    void appendValue(RowData row, int index) {
        RowData tuple = row.getRow(index, fields.length);
        for (int i = 0; i < fields.length; i++) {
            fields[i].put(tuple, positions[i]);
        }
    }

    @Override
    void appendDefault() {
        for (ColumnWriter field : fields) {
            field.putAbsent();
        }
    }
}
