// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.retry.RetryPlan;
import java.io.Serializable;

/**
 * What a writer does, as it travels to the workers. Immutable.
 *
 * @param table what is written
 * @param batching when blocks are sealed, and how many are under way
 * @param rowsPerSecond of all subtasks together; null for no limit
 * @param retry how often an insert is tried again
 * @param staging where blocks wait for their checkpoint, under exactly-once
 * @param sorted whether the rows of a block are put in the table's order
 * @param shuffle which rows a writer gets
 * @param optimize what merges the table's parts
 * @param failure what becomes of rows that are refused
 */
record WritePlan(
        SinkPlan table,
        BatchLimits batching,
        Integer rowsPerSecond,
        RetryPlan retry,
        StagingPlan staging,
        boolean sorted,
        PartitionShuffle shuffle,
        OptimizePlan optimize,
        FailurePlan failure)
        implements Serializable {

    /** Blocks of fewer bytes cost the server more than they spare the sink. */
    private static final long SMALL_BLOCK = 4L << 20;

    /** The plan of one of several shards, whose open blocks share the memory. */
    WritePlan at(ShardPlace place, int shards) {
        long share = Math.max(Math.min(batching.bytes(), SMALL_BLOCK), batching.bytes() / shards);
        BatchLimits limits =
                new BatchLimits(
                        batching.rows(),
                        share,
                        batching.longestWait(),
                        batching.inFlight(),
                        batching.adaptive());
        return new WritePlan(
                table.at(place),
                limits,
                rowsPerSecond,
                retry,
                staging,
                sorted,
                shuffle,
                optimize,
                failure);
    }
}
