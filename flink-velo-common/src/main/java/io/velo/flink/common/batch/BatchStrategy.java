// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

/** Which limits a batch has where the user gave none. */
public enum BatchStrategy {
    /** The scheme's own limits of rows, bytes and time. */
    FIXED_SIZE,
    /** Time and bytes. */
    TIME_WINDOW,
    /** As many rows as the endpoint takes within a target latency. */
    ADAPTIVE_SIZE,
    /** Bytes and time. */
    MEMORY_BASED,
    /** Every row by itself, or what came within 1 ms. */
    LOW_LATENCY,
    /** 50 000 rows, two batches under way. */
    MEGA_BATCH
}
