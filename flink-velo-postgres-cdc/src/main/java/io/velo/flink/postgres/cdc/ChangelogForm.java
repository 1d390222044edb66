// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** Which kinds of rows changes become. */
public enum ChangelogForm {
    /** Upsert for a table with a primary key, otherwise all. */
    AUTO,
    /** The row after the change, or a delete of its key. */
    UPSERT,
    /** Inserts, updates with the row before and after, deletes of whole rows. */
    ALL,
    /** An insert for every change; the metadata column row_kind says what it was. */
    APPEND
}
