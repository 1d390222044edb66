// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** What becomes of a TRUNCATE. */
public enum OnTruncate {
    /** The job fails: Flink has no such change. */
    FAIL,
    /** It is passed over; the rows stay in the result. */
    IGNORE,
    /** A whole-database stream gets a row TRUNCATE. */
    EMIT
}
