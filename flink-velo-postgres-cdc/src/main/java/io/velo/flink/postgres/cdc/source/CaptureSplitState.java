// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

/**
 * How far the events of a split have gone into the job. Per event it keeps a reference and a
 * number; positions are worked out when a checkpoint asks. Used by the task's thread.
 */
final class CaptureSplitState {

    private CaptureSplit base;
    private CaptureBatch batch;
    private int passed;

    CaptureSplitState(CaptureSplit split) {
        this.base = split;
    }

    /** The event under the batch's cursor was emitted. */
    void emitted(CaptureBatch from) {
        if (batch != from) {
            base = toSplit();
            batch = from;
        }
        passed = from.passed();
    }

    /** The split as it must be read after a failure now. */
    CaptureSplit toSplit() {
        return batch == null ? base : batch.after(base, passed);
    }
}
