// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.pgoutput;

import java.util.List;

/**
 * A table as the log describes it before its first change. Immutable, therefore thread-safe.
 *
 * @param oid the table's number
 * @param schema its schema
 * @param table its name
 * @param identity what old rows hold: d key, i an index, f everything, n nothing
 * @param columns the columns in the order of the tuples
 */
public record Relation(int oid, String schema, String table, char identity, List<Column> columns) {

    /**
     * One column.
     *
     * @param name its name
     * @param type the number of its type
     * @param modifier the type's modifier, or -1
     * @param key whether it belongs to the replica identity
     */
    public record Column(String name, int type, int modifier, boolean key) {}

    public Relation {
        columns = List.copyOf(columns);
    }

    /** Whether old rows hold every column. */
    public boolean isFull() {
        return identity == 'f';
    }
}
