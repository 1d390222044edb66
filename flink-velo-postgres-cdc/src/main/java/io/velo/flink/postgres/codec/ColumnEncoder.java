// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.RowData;

/**
 * Writes the value of one field in PostgreSQL's binary form. Chosen once per column; for one
 * thread.
 */
@FunctionalInterface
public interface ColumnEncoder {

    /**
     * Adds the length of the value and the value.
     *
     * @param field its position in the row, which is not NULL there
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-005} if no value of the
     *     column's type stands for it
     */
    void encode(RowData row, int field, TupleBuffer out);
}
