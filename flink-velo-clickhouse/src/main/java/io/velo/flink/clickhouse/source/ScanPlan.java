// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;

/**
 * Everything a scan has to know, fixed while planning. Immutable and serializable.
 *
 * @param target the database
 * @param table the table
 * @param rowType names and types of the columns to read, perhaps none
 * @param limit the most rows to read, or {@link #NO_LIMIT}
 * @param timezone the zone of TIMESTAMP values where the column names none; empty for the server's
 * @param resumable whether to read in the order of the sorting key, so that a scan can go on after
 *     a failure
 */
record ScanPlan(
        ClickHouseTarget target,
        String table,
        RowType rowType,
        long limit,
        String timezone,
        boolean resumable)
        implements Serializable {

    /** Read all rows. */
    static final long NO_LIMIT = -1;

    ScanPlan withRowType(RowType newRowType) {
        return new ScanPlan(target, table, newRowType, limit, timezone, resumable);
    }

    ScanPlan withLimit(long newLimit) {
        return new ScanPlan(target, table, rowType, newLimit, timezone, resumable);
    }

    /** {@code database.table}, for messages. */
    String title() {
        return target.database() + "." + table;
    }
}
