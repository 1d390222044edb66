// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.postgres.codec.ColumnTypes;
import io.velo.flink.postgres.sql.Identifier;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;

/** Columns as they stand in CREATE TABLE and ALTER TABLE. Stateless, therefore thread-safe. */
public final class ColumnDefinition {

    private ColumnDefinition() {}

    /**
     * Name, type and NOT NULL of a column.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if PostgreSQL has no
     *     such type, {@code VELO-OPT-001} if it can have no column of this name
     */
    public static String of(String name, LogicalType type) {
        return Identifier.of(name).quoted()
                + " "
                + ColumnTypes.of(name, type)
                + (type.isNullable() ? "" : " NOT NULL");
    }

    /** The primary key over these columns. */
    public static String primaryKey(List<String> columns) {
        return columns.stream()
                .map(name -> Identifier.of(name).quoted())
                .collect(Collectors.joining(", ", "PRIMARY KEY (", ")"));
    }
}
