// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** What becomes of a captured column that is dropped or renamed. */
public enum OnSchemaChange {
    /** The job fails. */
    FAIL,
    /** It is read as NULL from then on. */
    IGNORE
}
