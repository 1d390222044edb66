// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** In which types the values of a column can travel, where the server casts between them. */
final class CastForms {

    private CastForms() {}

    /**
     * The types on the wire to try for a column, the cheapest first: its own, and the one that the
     * server can cast from and to.
     *
     * @param type of the column
     * @param flink of the column in Flink
     */
    static List<PostgresType> of(PostgresType type, LogicalType flink) {
        boolean array = flink instanceof ArrayType;
        LogicalType scalar = array ? ((ArrayType) flink).getElementType() : flink;
        PostgresType element = type.element() == null ? type : type.element();
        if (scalar.is(LogicalTypeFamily.CHARACTER_STRING) && (!array || type.element() != null)) {
            return List.of(type, array ? PostgresType.TEXT_ARRAY : PostgresType.TEXT);
        }
        if (element.isBase(Oids.MONEY)) {
            // The number of decimals of money is a server setting; the cast knows it.
            return List.of(type, array ? PostgresType.NUMERIC_ARRAY : PostgresType.NUMERIC);
        }
        return List.of(type);
    }
}
