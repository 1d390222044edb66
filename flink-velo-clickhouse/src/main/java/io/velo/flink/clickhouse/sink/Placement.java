// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.option.LayoutOptions.WriteMode;
import io.velo.flink.clickhouse.shard.ShardPlace;
import java.io.Serializable;

/**
 * Whose table is written. Immutable.
 *
 * @param mode who chooses the shard of a row
 * @param pin a condition that fails every insert that reaches another table than the shard's; empty
 *     if the table is no shard's
 * @param identities the tables of the shard's servers, as state names them, or empty
 */
record Placement(WriteMode mode, String pin, String identities) implements Serializable {

    /** The table itself. */
    static final Placement SERVER = new Placement(WriteMode.SERVER, "", "");

    /** The shards of a table, which nobody has looked for yet. */
    static final Placement LOCAL = new Placement(WriteMode.LOCAL, "", "");

    /** One shard's table. */
    static Placement of(ShardPlace place) {
        return new Placement(WriteMode.LOCAL, place.pin(), place.identities());
    }

    /** Whether the table is a Distributed one whose shards are written. */
    boolean sharded() {
        return mode == WriteMode.LOCAL && pin.isEmpty();
    }
}
