// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.common.metric.VeloMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/**
 * What the committers of one task count. For the task's thread only.
 *
 * @param rows rows that are in the table now
 * @param blocks blocks that are
 * @param alreadyThere blocks that were there before
 */
record CommitCounts(Counter rows, Counter blocks, Counter alreadyThere) {

    /** Counters among these metrics. */
    static CommitCounts of(VeloMetrics metrics) {
        return new CommitCounts(
                metrics.group().counter("committed_rows", new SimpleCounter()),
                metrics.group().counter("committed_blocks", new SimpleCounter()),
                metrics.group().counter("blocks_already_there", new SimpleCounter()));
    }
}
