// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Optional;

/**
 * The rows of a table whose key is greater than one point and not greater than another, in the
 * database's own order. A point can be the first columns of a key alone. Immutable, therefore
 * thread-safe.
 *
 * @param after the point that is the last one before the range; empty if the range has no low end
 * @param upTo the greatest point that is inside; empty if the range has no high end
 * @param isFollowedTo whether {@code after} is the key of the last row that was read
 */
public record KeyRange(Optional<KeyPoint> after, Optional<KeyPoint> upTo, boolean isFollowedTo) {

    /** All rows. */
    public static final KeyRange ALL = unread(Optional.empty(), Optional.empty());

    /** A range of which nothing has been read. */
    public static KeyRange unread(Optional<KeyPoint> after, Optional<KeyPoint> upTo) {
        return new KeyRange(after, upTo, false);
    }

    /** What is left of this range behind the key of a row in it. */
    public KeyRange after(KeyPoint point) {
        return new KeyRange(Optional.of(point), upTo, true);
    }
}
