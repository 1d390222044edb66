// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.connect.ConnectSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** Maps the declared columns of a table to the real ones. Stateless, therefore thread-safe. */
public final class ColumnMappings {

    private ColumnMappings() {}

    /**
     * How each field of the row is read, by name.
     *
     * @throws VeloException with one problem per field that does not exist or cannot be read so
     */
    public static List<ColumnMapping> of(
            TableInfo table, RowType fields, ConnectSettings settings) {
        Problems problems = new Problems();
        List<ColumnMapping> mappings = new ArrayList<>();
        for (RowType.RowField field : fields.getFields()) {
            TableColumn column = table.column(field.getName()).orElse(null);
            if (column == null) {
                problems.add(unknown(table, field.getName()).at(settings.place()));
                continue;
            }
            try {
                mappings.add(ColumnMapping.of(column.name(), column.type(), field.getType()));
            } catch (VeloException e) {
                e.problems().forEach(problem -> problems.add(problem.at(settings.place())));
            }
        }
        problems.throwIfAny();
        return mappings;
    }

    /** The error for a column that the table has not. */
    public static VeloException missing(TableInfo table, String wanted) {
        return unknown(table, wanted).toException();
    }

    private static Problem unknown(TableInfo table, String wanted) {
        List<String> names = table.columns().stream().map(column -> column.name().name()).toList();
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Table "
                                + table.name()
                                + " has no column '"
                                + wanted
                                + "'."
                                + NearestMatch.question(wanted, names))
                .remedy("It has: " + String.join(", ", names) + ".");
    }
}
