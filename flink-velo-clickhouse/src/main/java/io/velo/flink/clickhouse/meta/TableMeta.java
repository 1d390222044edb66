// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What the server says about one table. Immutable, therefore thread-safe.
 *
 * @param database its database
 * @param table its name
 * @param engine its engine
 * @param holder the engine of the tables that hold its rows: those on the shards of a Distributed
 *     table, if they are known, else its own
 * @param columns its columns in their order
 * @param sortingKey the expressions of ORDER BY
 * @param partitionKey the expression of PARTITION BY, or empty
 * @param comment its comment, perhaps empty
 */
public record TableMeta(
        String database,
        String table,
        Engine engine,
        Engine holder,
        List<ColumnMeta> columns,
        List<String> sortingKey,
        String partitionKey,
        String comment)
        implements Serializable {

    public TableMeta {
        columns = List.copyOf(columns);
        sortingKey = List.copyOf(sortingKey);
    }

    /** A table that holds its rows itself, or of which is not known what does. */
    public TableMeta(
            String database,
            String table,
            Engine engine,
            List<ColumnMeta> columns,
            List<String> sortingKey,
            String partitionKey,
            String comment) {
        this(database, table, engine, engine, columns, sortingKey, partitionKey, comment);
    }

    /** The same table, whose rows are held by tables of this engine. */
    public TableMeta heldBy(Engine other) {
        return new TableMeta(
                database, table, engine, other, columns, sortingKey, partitionKey, comment);
    }

    /** The column of this name. */
    public Optional<ColumnMeta> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /**
     * The sorting key if it names each row once: the engine must merge rows of one key and every
     * expression must be a plain column. Empty otherwise.
     */
    public List<String> uniqueKey() {
        boolean plain = sortingKey.stream().allMatch(part -> column(part).isPresent());
        return engine.keyIsUnique() && plain ? sortingKey : List.of();
    }

    /** {@code database.table}, for messages. */
    public String title() {
        return database + "." + table;
    }
}
