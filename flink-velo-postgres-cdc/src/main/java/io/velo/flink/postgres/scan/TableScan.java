// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.TableName;
import java.io.Serializable;
import java.util.OptionalLong;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a scan reads and how. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param settings the database
 * @param table the table
 * @param rowType the columns to read with their Flink types, in the order of the rows; may be empty
 * @param order in which order a split is read
 * @param rowLimit how many rows a split gives at the most, or -1 for all
 * @param specialValues what becomes of values that a Flink type cannot hold
 * @param backoff how a lost connection is opened again
 */
public record TableScan(
        ConnectSettings settings,
        TableName table,
        RowType rowType,
        ReadOrder order,
        long rowLimit,
        SpecialValues specialValues,
        Backoff backoff)
        implements Serializable {

    /** The value of {@code rowLimit} for all rows. */
    public static final long ALL_ROWS = -1;

    /** How many more rows a split may give; empty for all. */
    OptionalLong rowsLeft(ScanSplit split) {
        return rowLimit == ALL_ROWS
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, rowLimit - split.emitted()));
    }

    /** What is done, for messages. */
    String work() {
        return "reading table " + table;
    }
}
