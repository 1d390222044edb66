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
import java.util.Locale;
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
     * Refuses a column that blocks of this format cannot carry to the server: one of varying type
     * that holds no text where values go out as text, or where the server makes an empty text of
     * its NULL, and vectors where the server takes none.
     *
     * @param type the type of the column in the blocks
     * @throws VeloException {@code VELO-SCH-002}
     */
    static void requireCarried(ColumnTarget target, ClickHouseType type, WireFormat format) {
        boolean nullable = target.flinkType().isNullable() || target.type().kind() != TypeKind.ANY;
        requireCarried(target.name(), type, format, nullable);
    }

    private static void requireCarried(
            String column, ClickHouseType type, WireFormat format, boolean nullable) {
        boolean varying = type.kind() == TypeKind.ANY;
        boolean asText = format != WireFormat.JSON && format != WireFormat.TSV;
        if (varying && asText && VariantTypes.textMember(type) == VariantTypes.NONE) {
            throw notCarried(column, type, format, "it holds no text");
        }
        if (varying && nullable && format.carriesTypesInNames()) {
            throw notCarried(column, type, format, "the server would take NULL for an empty text");
        }
        if (type.kind() == TypeKind.VECTOR && format == WireFormat.PARQUET) {
            throw notCarried(column, type, format, "the server reads no vectors from it");
        }
        type.fields().forEach(field -> requireCarried(column, field.type(), format, true));
    }

    private static VeloException notCarried(
            String column, ClickHouseType type, WireFormat format, String reason) {
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column
                                + "' has the ClickHouse type "
                                + type
                                + ", which format="
                                + format.name().toLowerCase(Locale.ROOT)
                                + " cannot write: "
                                + reason
                                + ".")
                .remedy("Use format=native, json or tsv, or leave the column out.")
                .toException();
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
