// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.List;

/**
 * What the enumerator must remember: the splits that no reader has. Immutable, therefore
 * thread-safe.
 *
 * @param unassigned in the order in which they are given out
 */
public record ScanCheckpoint(List<ScanSplit> unassigned) {

    public ScanCheckpoint {
        unassigned = List.copyOf(unassigned);
    }
}
