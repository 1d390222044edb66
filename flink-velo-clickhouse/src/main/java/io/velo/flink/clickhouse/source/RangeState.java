// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.List;

/**
 * What the enumerator of an incremental scan has to remember. Immutable.
 *
 * @param cursor the table, the column that is followed and its type; empty at the start
 * @param last the greatest value of the cursor column that belongs to a range, as hexadecimal text;
 *     empty at the start
 * @param number ranges that were made
 * @param waiting ranges that no reader has
 */
record RangeState(String cursor, String last, long number, List<ClickHouseSplit> waiting) {

    RangeState {
        waiting = List.copyOf(waiting);
    }

    /** The state of a scan that has read nothing. */
    static RangeState start() {
        return new RangeState("", "", 0, List.of());
    }
}
