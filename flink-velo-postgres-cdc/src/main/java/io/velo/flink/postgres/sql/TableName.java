// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import java.io.Serializable;

/**
 * A table with its schema. Immutable, therefore thread-safe.
 *
 * @param schema the schema
 * @param table the table, view, materialized view, partitioned or foreign table
 */
public record TableName(Identifier schema, Identifier table) implements Serializable {

    /** The table of these two names. */
    public static TableName of(String schema, String table) {
        return new TableName(Identifier.of(schema), Identifier.of(table));
    }

    /** The name as it stands in SQL text: both parts in double quotes. */
    public String quoted() {
        return schema.quoted() + '.' + table.quoted();
    }

    /** For messages: the two names joined by a dot. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
