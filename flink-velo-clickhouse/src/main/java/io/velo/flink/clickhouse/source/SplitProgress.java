// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

/** How far the reading of a split got. Not thread-safe. */
final class SplitProgress {

    private final ClickHouseSplit split;
    private long emitted;

    SplitProgress(ClickHouseSplit split) {
        this.split = split;
    }

    void emitted() {
        emitted++;
    }

    ClickHouseSplit toSplit() {
        return split.withEmitted(emitted);
    }
}
