// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.List;

/**
 * A Distributed table and where its shards are. Immutable.
 *
 * @param table the Distributed table
 * @param cluster the cluster's name
 * @param shards in the order of their numbers
 * @param key the text of its sharding key, or empty
 * @param keyType the type of the key, or null if there is no key
 */
public record ShardedTable(
        TableMeta table,
        String cluster,
        List<ShardPlace> shards,
        String key,
        ClickHouseType keyType) {

    public ShardedTable {
        shards = List.copyOf(shards);
    }

    /** Who takes which rows. */
    public ShardSlots slots() {
        return new ShardSlots(shards.stream().map(ShardPlace::weight).toList());
    }
}
