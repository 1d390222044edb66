// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import java.util.Arrays;
import java.util.List;

/**
 * Which shard takes which values of the sharding key: as the server does it, each shard has as many
 * slots as its weight, in the order of the shards, and a value's slot is its remainder by all
 * slots. Immutable, therefore thread-safe.
 */
public final class ShardSlots {

    private final long[] ends;

    /** Slots of shards with these weights. */
    public ShardSlots(List<Long> weights) {
        ends = new long[weights.size()];
        long all = 0;
        for (int i = 0; i < ends.length; i++) {
            all += weights.get(i);
            ends[i] = all;
        }
    }

    /** All slots together. */
    public long count() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** The position of the shard that takes this value, an unsigned number. */
    public int shard(long value) {
        long slot = Long.remainderUnsigned(value, count());
        int shard = 0;
        while (ends[shard] <= slot) {
            shard++;
        }
        return shard;
    }

    @Override
    public String toString() {
        return Arrays.toString(ends);
    }
}
