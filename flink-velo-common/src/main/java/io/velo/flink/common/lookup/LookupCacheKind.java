// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

/** What a lookup join keeps in memory. */
public enum LookupCacheKind {
    /** Nothing: every row asks the server. */
    NONE,
    /** What was looked up, within limits. */
    PARTIAL,
    /** The whole table, read again from time to time. */
    FULL
}
