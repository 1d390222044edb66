// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/**
 * What happens to a value that PostgreSQL has and the Flink type has not: NaN and infinity in
 * DECIMAL, a number too large for its DECIMAL, an infinite date or timestamp, the time 24:00.
 */
public enum SpecialValues {
    /** The row is an error. */
    FAIL,
    /** The value becomes NULL; in a NOT NULL column it is an error. */
    NULL,
    /** An infinite date becomes the first or last day of Flink's calendar; all else is an error. */
    CLAMP
}
