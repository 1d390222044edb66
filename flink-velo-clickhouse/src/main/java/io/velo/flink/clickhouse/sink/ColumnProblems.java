// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.text.NearestMatch;

/** What is wrong with a column that a query wants to write. */
final class ColumnProblems {

    private ColumnProblems() {}

    /** The option names a version column that the Flink table does not have. */
    static Problem noVersion(SinkPlan plan) {
        return Problem.of(
                        ErrorCode.OPTION_VALUE,
                        "Option 'version-column' names '"
                                + plan.versionColumn()
                                + "', which the table's columns do not have."
                                + NearestMatch.question(
                                        plan.versionColumn(), plan.rowType().getFieldNames()))
                .remedy("Name a column of the Flink table.");
    }

    /** The column holds states, and its values may be NULL. */
    static Problem noDefault(TableMeta meta, String name) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "'null-mode'='default' has no effect on column '"
                                + name
                                + "' of "
                                + meta.title()
                                + ": the server makes states of its values, and none of NULL.")
                .remedy(
                        "Declare the column NOT NULL, and replace NULL by COALESCE in the query;"
                                + " or remove 'null-mode'.");
    }

    /** The column is missing (null) or computed by the server. */
    static Problem notInsertable(TableMeta meta, String name, ColumnMeta column) {
        if (column != null) {
            return Problem.of(
                            ErrorCode.SCHEMA_COLUMN,
                            "Column '"
                                    + name
                                    + "' of "
                                    + meta.title()
                                    + " is "
                                    + column.defaultKind()
                                    + ": the server computes it.")
                    .remedy("Leave it out of the sink table's columns.");
        }
        var names = meta.columns().stream().map(ColumnMeta::name).toList();
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Table "
                                + meta.title()
                                + " has no column '"
                                + name
                                + "'."
                                + NearestMatch.question(name, names))
                .remedy("Columns: " + String.join(", ", names) + ".");
    }
}
