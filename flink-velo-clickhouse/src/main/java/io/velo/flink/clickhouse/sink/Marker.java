// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.Map;
import java.util.stream.Collectors;

/** The column that names the block of each row. */
final class Marker {

    /** Its name. */
    static final String COLUMN = "_velo_txn";

    /** Its type in tables that Velo creates. */
    static final String TYPE = "LowCardinality(String)";

    private Marker() {}

    /**
     * The INSERT of a block whose rows get this token. The server adds it, so that it does not
     * travel.
     *
     * @param columns the block's columns and their types
     * @param selected what the table takes of them, in the same order
     * @param pin a condition that fails the statement on other tables, or empty
     * @param format the server's name of the block's format
     */
    static String statement(
            TableMeta meta,
            Map<String, String> columns,
            String selected,
            String token,
            String pin,
            String format) {
        return insertInto(meta)
                + Sql.names(columns.keySet())
                + ", "
                + Sql.name(COLUMN)
                + ") SELECT "
                + selected
                + ", "
                + Sql.text(token)
                + " FROM input("
                + Sql.text(structure(columns))
                + ")"
                + (pin.isEmpty() ? "" : " WHERE " + pin)
                + " FORMAT "
                + format;
    }

    /** How the INSERT of each block for this table begins, before the names of its columns. */
    static String insertInto(TableMeta meta) {
        return "INSERT INTO " + Sql.table(meta.database(), meta.table()) + " (";
    }

    /** The columns of a block as {@code input} wants them. */
    static String structure(Map<String, String> columns) {
        return columns.entrySet().stream()
                .map(column -> Sql.name(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * Checks that blocks can be counted in the table.
     *
     * @throws io.velo.flink.common.error.VeloException if the column is missing or the engine drops
     *     rows
     */
    static void check(SinkPlan plan, TableMeta meta) {
        if (meta.column(COLUMN).isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_COLUMN,
                            "Table "
                                    + meta.title()
                                    + " has no column "
                                    + COLUMN
                                    + ", which 'commit-marker' needs.")
                    .at(plan.target().place())
                    .remedy(
                            "Run: ALTER TABLE "
                                    + Sql.table(meta.database(), meta.table())
                                    + " ADD COLUMN "
                                    + Sql.name(COLUMN)
                                    + " "
                                    + TYPE)
                    .toException();
        }
        if (!meta.engine().name().equals("MergeTree")) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "'commit-marker' counts the rows of a block, but the engine "
                                    + meta.engine().name()
                                    + " of "
                                    + meta.title()
                                    + " drops or moves rows.")
                    .at(plan.target().place())
                    .remedy("Write to a MergeTree, or set 'commit-marker'='false'.")
                    .toException();
        }
    }
}
