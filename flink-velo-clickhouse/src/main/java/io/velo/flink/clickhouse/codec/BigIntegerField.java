// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.math.BigInteger;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads a field as a whole number of any size. */
@FunctionalInterface
interface BigIntegerField {

    BigInteger get(RowData row, int index);

    /** The reader for this type, or null if the type holds no whole numbers. */
    static BigIntegerField of(LogicalType type) {
        switch (type.getTypeRoot()) {
            case CHAR:
            case VARCHAR:
                return (row, index) -> new BigInteger(row.getString(index).toString());
            case DECIMAL:
                DecimalType decimal = (DecimalType) type;
                int precision = decimal.getPrecision();
                int scale = decimal.getScale();
                return (row, index) ->
                        row.getDecimal(index, precision, scale).toBigDecimal().toBigIntegerExact();
            default:
                LongField field = LongField.of(type);
                return field == null
                        ? null
                        : (row, index) -> BigInteger.valueOf(field.get(row, index));
        }
    }
}
