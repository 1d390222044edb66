// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.io.Serializable;

/**
 * What a scan selects into one field of its rows. Immutable, therefore thread-safe.
 *
 * @param kind a column, or what the server computes over many rows
 * @param column the column, or empty for {@link Kind#COUNT_ROWS}
 */
public record SelectItem(Kind kind, String column) implements Serializable {

    /** What is selected. */
    public enum Kind {
        /** The column; rows are grouped by it if another field is an aggregate. */
        COLUMN,
        /** The number of rows. */
        COUNT_ROWS,
        /** The number of rows in which the column is not NULL. */
        COUNT,
        /** The least value, texts by their bytes. */
        MIN,
        /** The greatest value, texts by their bytes. */
        MAX
    }

    boolean isAggregate() {
        return kind != Kind.COLUMN;
    }
}
