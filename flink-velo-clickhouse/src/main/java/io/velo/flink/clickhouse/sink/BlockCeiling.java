// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.common.retry.RetryListener;
import java.time.Duration;

/**
 * The most rows of a block for a server that runs out of memory: half of the block that was too
 * large for it, and twice as much again after some blocks that were not. {@link #retrying} may be
 * called by any thread, the rest by the task's.
 */
final class BlockCeiling implements RetryListener {

    private static final int FEWEST = 1_000;
    private static final int GOOD_BLOCKS_TO_DOUBLE = 16;

    private final RetryListener next;
    private volatile boolean tooLarge;
    private int rows = Integer.MAX_VALUE;
    private int good;

    /** No ceiling so far; hands on what it hears. */
    BlockCeiling(RetryListener next) {
        this.next = next;
    }

    @Override
    public void retrying(FailureClass type, int attempt, Duration pause, Throwable failure) {
        if (Explanation.unwrap(failure) instanceof ServerFailure server
                && server.code() == ServerFailure.MEMORY_LIMIT) {
            tooLarge = true;
        }
        next.retrying(type, attempt, pause, failure);
    }

    /** The most rows that a block should have now. */
    int rows() {
        return rows;
    }

    /** Takes note of a block that the server took, perhaps after it had no memory for it. */
    void acknowledged(int blockRows) {
        if (tooLarge) {
            tooLarge = false;
            good = 0;
            rows = Math.max(FEWEST, Math.min(rows, blockRows) / 2);
        } else if (rows != Integer.MAX_VALUE && ++good >= GOOD_BLOCKS_TO_DOUBLE) {
            good = 0;
            rows = rows > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : rows * 2;
        }
    }
}
