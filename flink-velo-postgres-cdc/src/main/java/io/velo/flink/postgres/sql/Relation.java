// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * What rows are read from: a table by its name, or the result of a query. Immutable, therefore
 * thread-safe.
 */
public final class Relation implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TableName table;
    private final String query;

    private Relation(TableName table, String query) {
        this.table = table;
        this.query = query;
    }

    /** A table, view, materialized view, partitioned or foreign table. */
    public static Relation of(TableName table) {
        return new Relation(Objects.requireNonNull(table), null);
    }

    /** The result of a query that was checked. */
    public static Relation of(QueryText query) {
        return new Relation(null, query.text());
    }

    /** The table, or empty for a query. */
    public Optional<TableName> table() {
        return Optional.ofNullable(table);
    }

    /** The relation as it stands behind FROM, without an alias. */
    public String quoted() {
        // The line break ends a comment at the end of the query.
        return table != null ? table.quoted() : "(" + query + "\n)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Relation that
                && Objects.equals(table, that.table)
                && Objects.equals(query, that.query);
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, query);
    }

    /** For messages: {@code table public.orders} or {@code the query}. */
    @Override
    public String toString() {
        return table != null ? "table " + table : "the query";
    }
}
