// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import java.util.List;

/**
 * The values of a table's key in one row as PostgreSQL prints them, or a row's place. Immutable,
 * therefore thread-safe.
 *
 * @param values at least one, none is NULL
 */
public record Point(List<String> values) {
    public Point {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A key has a value at least.");
        }
    }
}
