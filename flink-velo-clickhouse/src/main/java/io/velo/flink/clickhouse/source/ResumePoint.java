// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * Where a scan in the order of the sorting key stands: the key of the last row, and fingerprints of
 * the rows of that key that were handed out. Rows of one key have no order among themselves, so the
 * scan goes on at this key and leaves out the rows that it knows. Immutable.
 *
 * @param key the values of the sorting key as hexadecimal text
 * @param seen fingerprints, one per row; equal rows have equal ones
 */
record ResumePoint(List<String> key, List<UUID> seen) implements Serializable {

    /** The most rows of one key that are remembered. */
    static final int MOST_ROWS = 50_000;

    ResumePoint {
        key = List.copyOf(key);
        seen = List.copyOf(seen);
    }
}
