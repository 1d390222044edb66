// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import org.apache.flink.table.data.RowData;

/** A part of a sharding key that gives a whole number for each row. For one thread. */
interface KeyTerm {

    /** Its value; NULL counts as 0, which no column of a sharding key can be in the table. */
    long of(RowData row);

    /** Whether the server takes the value for a signed number. */
    boolean signed();
}
