// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.Relation;
import java.io.Serializable;
import java.util.OptionalLong;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a scan reads and how. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param settings the database
 * @param relation the table or query
 * @param rowType the columns to read with their Flink types, in the order of the rows; may be empty
 * @param query what the server does with the rows before it sends them
 * @param order in which order a split is read
 * @param splitting how the table is cut into parts that are read in parallel
 * @param specialValues what becomes of values that a Flink type cannot hold
 * @param backoff how a lost connection is opened again
 */
public record TableScan(
        ConnectSettings settings,
        Relation relation,
        RowType rowType,
        ScanQuery query,
        ReadOrder order,
        Splitting splitting,
        SpecialValues specialValues,
        Backoff backoff)
        implements Serializable {

    /** How many more rows a split may give; empty for all. */
    OptionalLong rowsLeft(ScanSplit split) {
        return query.rowLimit() == ScanQuery.ALL_ROWS
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, query.rowLimit() - split.emitted()));
    }

    /** What is done, for messages. */
    String work() {
        return "reading " + relation;
    }
}
