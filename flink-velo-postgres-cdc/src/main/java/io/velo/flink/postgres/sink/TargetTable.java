// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.codec.WrittenColumn;
import io.velo.flink.postgres.sql.Identifier;
import java.util.List;

/**
 * The table as a writer found it: the columns that it writes, the key first. Immutable, therefore
 * thread-safe.
 *
 * @param columns what is written, the columns of the key first
 * @param fields their positions in the rows, in the same order
 * @param arrayTypes the numbers of the arrays of their wire types, in the same order; 0 if there is
 *     none
 * @param keySize how many columns the key has
 * @param overriding whether a value for an identity column is written that the server would make
 * @param unwritten the other columns of the table
 * @param loose whether different bytes may be equal keys, as of citext
 */
record TargetTable(
        List<WrittenColumn> columns,
        int[] fields,
        int[] arrayTypes,
        int keySize,
        boolean overriding,
        List<Identifier> unwritten,
        boolean loose) {

    /** Whether some column needs a cast of the server. */
    boolean isCast() {
        return columns.stream().anyMatch(WrittenColumn::isCast);
    }

    /** Whether the first so many columns can be sent as arrays of their values. */
    boolean fitsUnnest(int count) {
        for (int i = 0; i < count; i++) {
            if (columns.get(i).isArray() || arrayTypes[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
