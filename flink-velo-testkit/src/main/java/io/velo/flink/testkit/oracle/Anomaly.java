// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/** What can be wrong between what was written and what is seen. */
public enum Anomaly {
    /** A committed change is not there, or the last one of its key is not. */
    LOST,
    /** A change is there more than once. */
    DUPLICATED,
    /**
     * A transaction is there in part while it should be whole or absent, a sum that no transaction
     * changes is broken, or a row is made of parts that were never written together.
     */
    TORN,
    /** Something is there that was aborted or never written. */
    PHANTOM,
    /** Two changes of a key came in the wrong order. */
    REORDERED,
    /** A lookup gave a row that had been replaced longer ago than it is allowed. */
    STALE
}
