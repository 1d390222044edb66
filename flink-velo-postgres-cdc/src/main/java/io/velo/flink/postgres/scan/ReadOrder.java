// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

/** In which order the rows of a split are read. */
public enum ReadOrder {
    /**
     * By primary key, where the table has one: reading can go on behind any row, after a failure
     * too. What streaming jobs need.
     */
    BY_KEY,
    /**
     * As the server likes: the fastest. A split whose reading fails is read again from its start,
     * which is right only where what it gave before is thrown away, as batch jobs do.
     */
    ANY
}
