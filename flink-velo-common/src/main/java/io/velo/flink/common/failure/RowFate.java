// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

/** What finally happens to a row that could not be read or written. */
public enum RowFate {
    /** The task fails. */
    FAIL,
    /** The row is left out and counted. */
    SKIP,
    /** A dead letter is written. */
    DLQ
}
