// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.List;

/**
 * The values of a table's key in one row, as PostgreSQL prints and reads them. Immutable, therefore
 * thread-safe.
 *
 * @param columns the key's columns in the key's order, at least one
 * @param values their values, none of which is NULL
 */
public record KeyPoint(List<String> columns, List<String> values) {

    public KeyPoint {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
        if (columns.isEmpty() || columns.size() != values.size()) {
            throw new IllegalArgumentException("A key has one value per column.");
        }
    }
}
