// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

/** What a sink promises after a failure, and by which means. */
public enum Guarantee {
    /** Rows since the last checkpoint are written again. */
    AT_LEAST_ONCE,
    /** Each row once, by the table's deduplication window. */
    EXACTLY_ONCE_BY_WINDOW,
    /** Each row once, by a column that names the block. */
    EXACTLY_ONCE_BY_MARKER;

    /** Whether blocks are inserted after their checkpoint only. */
    public boolean exactlyOnce() {
        return this != AT_LEAST_ONCE;
    }
}
