// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.List;

/**
 * What the enumerator has to remember.
 *
 * @param planned whether the table was cut into splits
 * @param waiting splits that no reader has
 */
record EnumeratorState(boolean planned, List<ClickHouseSplit> waiting) {

    EnumeratorState {
        waiting = List.copyOf(waiting);
    }
}
