// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

/** What a key that does not exist means. */
public enum OnMiss {
    /** The join finds no row: a LEFT JOIN gives NULL, an INNER JOIN drops the row. */
    EMPTY,
    /** The job fails. */
    FAIL
}
