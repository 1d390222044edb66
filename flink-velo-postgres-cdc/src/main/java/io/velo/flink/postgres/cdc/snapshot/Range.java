// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import java.util.Optional;

/**
 * Rows behind one point, up to and with another. Immutable, therefore thread-safe.
 *
 * @param after the point before the range, empty if it has no low end
 * @param upTo the greatest point in it, empty if it has no high end
 */
public record Range(Optional<Point> after, Optional<Point> upTo) {
    /** All rows. */
    public static final Range ALL = new Range(Optional.empty(), Optional.empty());
}
