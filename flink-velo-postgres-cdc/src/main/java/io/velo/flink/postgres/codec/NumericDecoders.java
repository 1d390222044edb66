// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Decoders of numeric columns, as DECIMAL or as PostgreSQL's own text. */
final class NumericDecoders {

    private NumericDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        if (!type.isBase(Oids.NUMERIC)) {
            return null;
        }
        return switch (target.getTypeRoot()) {
            case DECIMAL -> decimal((DecimalType) target, column);
            case CHAR, VARCHAR ->
                    (bytes, offset, length) -> {
                        column.require(NumericForm.isWellFormed(bytes, offset, length), length);
                        return StringData.fromString(NumericForm.text(bytes, offset));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder decimal(DecimalType target, DecodedColumn column) {
        int precision = target.getPrecision();
        int scale = target.getScale();
        return (bytes, offset, length) -> {
            column.require(NumericForm.isWellFormed(bytes, offset, length), length);
            if (NumericForm.isSpecial(bytes, offset)) {
                return column.special(NumericForm.text(bytes, offset));
            }
            DecimalData value = NumericForm.decimal(bytes, offset, precision, scale);
            return value == null ? column.special("a number that is too large") : value;
        };
    }
}
