// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import java.util.List;
import java.util.Objects;
import org.apache.flink.table.types.DataType;

/**
 * The schema of a remote object. Immutable, therefore thread-safe.
 *
 * @param columns in the order of the remote system, at least one
 * @param primaryKey names of the columns that identify a row, or empty; only a key that the remote
 *     system itself vouches for
 * @param comment what the remote system says about the table, or empty
 */
public record DiscoveredTable(List<Column> columns, List<String> primaryKey, String comment) {

    /**
     * One column.
     *
     * @param name as the remote system spells it
     * @param type its Flink type, nullability included
     * @param comment what the remote system says about the column, or empty
     */
    public record Column(String name, DataType type, String comment) {
        public Column {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
            Objects.requireNonNull(comment);
        }
    }

    public DiscoveredTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        Objects.requireNonNull(comment);
    }
}
