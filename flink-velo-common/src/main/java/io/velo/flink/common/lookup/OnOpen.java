// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

/** What a lookup does while the circuit breakers of all its endpoints are open. */
public enum OnOpen {
    /** The job fails. */
    FAIL,
    /** The join finds one row: the key, and NULL in all other columns. */
    NULL,
    /** The join finds what the cache last held, however old; a key it never held fails. */
    STALE,
    /** The join finds no row. */
    SKIP
}
