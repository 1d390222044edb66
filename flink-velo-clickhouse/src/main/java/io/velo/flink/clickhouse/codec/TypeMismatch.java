// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.FlinkTypes;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.VariantTypes;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import org.apache.flink.table.types.logical.LogicalType;

/** The refusal of a pair of types, found while planning. */
final class TypeMismatch {

    private TypeMismatch() {}

    static VeloException write(ColumnTarget target) {
        return of(target.name(), target.type(), target.flinkType(), "written to");
    }

    static VeloException read(ColumnSource source) {
        return of(source.name(), source.type(), source.flinkType(), "read from");
    }

    /**
     * Refuses a column of varying type that cannot hold text in a binary format.
     *
     * @throws VeloException {@code VELO-SCH-002}
     */
    static void requireText(String column, ClickHouseType type) {
        if (type.kind() == TypeKind.ANY && VariantTypes.textMember(type) == VariantTypes.NONE) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "Column '"
                                    + column
                                    + "' has the ClickHouse type "
                                    + type
                                    + ", which format=rowbinary cannot write: it holds no text.")
                    .remedy("Use format=native, json or tsv, or leave the column out.")
                    .toException();
        }
        type.fields().forEach(field -> requireText(column, field.type()));
    }

    private static VeloException of(
            String column, ClickHouseType type, LogicalType flink, String direction) {
        if (!type.supported()) {
            return Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "Column '"
                                    + column
                                    + "' has the ClickHouse type "
                                    + type
                                    + ", which this version does not support.")
                    .remedy("Leave the column out of the table's columns, or use a scalar type.")
                    .toException();
        }
        String fitting =
                FlinkTypes.of(type)
                        .map(fit -> fit.nullable().getLogicalType().asSummaryString())
                        .orElse("");
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column
                                + "' is declared "
                                + flink.asSummaryString()
                                + ", which cannot be "
                                + direction
                                + " the ClickHouse type "
                                + type
                                + ".")
                .remedy("Declare it as " + fitting + ", or CAST it in the query.")
                .toException();
    }
}
