// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Optional;

/**
 * The rows of a table whose key is greater than one point and not greater than another, in the
 * database's own order. Immutable, therefore thread-safe.
 *
 * @param after the point that is the last one before the range; empty if the range has no low end
 * @param upTo the greatest point that is inside; empty if the range has no high end
 */
public record KeyRange(Optional<KeyPoint> after, Optional<KeyPoint> upTo) {

    /** All rows. */
    public static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /** What is left of this range behind a point in it. */
    public KeyRange after(KeyPoint point) {
        return new KeyRange(Optional.of(point), upTo);
    }
}
