// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

/** How long a benchmark may measure. */
enum Effort {
    /** Seconds: enough to see a change of a fifth. */
    QUICK,
    /** As long as the published figures take. */
    FULL
}
