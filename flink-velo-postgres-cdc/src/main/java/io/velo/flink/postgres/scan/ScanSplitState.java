// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

/**
 * How far the rows of a split have gone into the job. Per row it keeps a reference and a number;
 * the key is read from the last row when a checkpoint asks. Used by the task's thread.
 */
final class ScanSplitState {

    private ScanSplit base;
    private TupleBatch batch;
    private int passed;

    ScanSplitState(ScanSplit split) {
        this.base = split;
    }

    /** The row under the batch's cursor was emitted. */
    void emitted(TupleBatch from) {
        if (batch != from) {
            base = toSplit();
            batch = from;
        }
        passed = from.passed();
    }

    /** The split as it must be read after a failure now. */
    ScanSplit toSplit() {
        return batch == null ? base : batch.after(base, passed);
    }
}
