// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

/** What becomes of a row whose key is in the table already. */
public enum OnConflict {
    /** It replaces the row that is there. */
    UPDATE,
    /** The row that is there stays as it is. */
    IGNORE,
    /** It is rejected. */
    ERROR
}
