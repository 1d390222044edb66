// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table that one reader reads: a query, and how far it got. Immutable.
 *
 * @param id unique within the job
 * @param query the whole SELECT up to its FORMAT clause; it names values and never data parts, so
 *     it stays valid while the server merges
 * @param emitted rows that were handed out before the last checkpoint
 */
record ClickHouseSplit(String id, String query, long emitted) implements SourceSplit {

    @Override
    public String splitId() {
        return id;
    }

    ClickHouseSplit withEmitted(long rows) {
        return new ClickHouseSplit(id, query, rows);
    }
}
