// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.Shard;
import java.util.HashMap;
import java.util.Map;

/**
 * The transports of one reader, one for each list of servers that it reads from; all of them share
 * the threads of one client. They outlive the split readers, of which an incremental scan has a new
 * one for every range. Thread-safe.
 */
final class Transports {

    private final ClickHouseTarget table;
    private final Map<Shard, HttpTransport> shards = new HashMap<>();
    private HttpTransport own;

    Transports(ClickHouseTarget table) {
        this.table = table;
    }

    /** The transport to the servers of this split. */
    synchronized HttpTransport to(ClickHouseSplit split) {
        if (own == null) {
            own = new HttpTransport(table);
        }
        return split.shard()
                .map(
                        shard ->
                                shards.computeIfAbsent(
                                        shard, any -> own.to(shard.hosts(), shard.database())))
                .orElse(own);
    }
}
