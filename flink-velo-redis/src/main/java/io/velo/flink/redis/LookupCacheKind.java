// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

/** What a lookup join keeps in memory. */
enum LookupCacheKind {
    /** Nothing: every row asks the server. */
    NONE,
    /** What was looked up, within limits. */
    PARTIAL,
    /** The whole table; not built. */
    FULL
}
