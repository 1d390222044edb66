// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table as the server describes it. Immutable, therefore thread-safe.
 *
 * @param name its name
 * @param oid the number that the server gave it; 0 for a query
 * @param kind what kind of relation it is
 * @param comment its comment, or empty
 * @param columns its columns in their order
 * @param primaryKey the columns of its primary key in the key's order, or empty
 */
public record TableInfo(
        TableName name,
        int oid,
        RelationKind kind,
        String comment,
        List<TableColumn> columns,
        List<Identifier> primaryKey) {

    public TableInfo {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** The column of this name, if there is one. */
    public Optional<TableColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().name().equals(columnName))
                .findFirst();
    }
}
