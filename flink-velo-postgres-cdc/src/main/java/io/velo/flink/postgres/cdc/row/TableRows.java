// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.postgres.cdc.pgoutput.Tuple;

/** Turns changes of one table into rows of the job. Used by one thread. */
public interface TableRows {

    /**
     * Writes the rows of a change.
     *
     * @param old the row before, or null if it is not known
     * @param oldIsFull whether {@code old} has all columns, not the key's alone
     * @param row the row after, or null if there is none
     */
    void write(Change change, Tuple old, boolean oldIsFull, Tuple row, RowWriter out);

    /** Writes what a TRUNCATE becomes. */
    void truncate(RowWriter out);

    /** Writes what a TRUNCATE becomes that some of the rows were read before, and some behind. */
    default void truncateAmidRead(RowWriter out) {
        truncate(out);
    }

    /** Writes a row that was there before. */
    void read(Tuple row, RowWriter out);
}
