// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The PostgreSQL type of a column that is made for a Flink type: the one that holds all of its
 * values and is read as the same type again. Stateless, therefore thread-safe.
 */
public final class ColumnTypes {

    private static final int MOST_VARCHAR = 10_485_760;

    private ColumnTypes() {}

    /**
     * The type as it stands in a CREATE TABLE.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if there is none
     */
    public static String of(String column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> "boolean";
            case TINYINT, SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield "numeric(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
            }
            case CHAR, VARCHAR -> text(LogicalTypeChecks.getLength(type));
            case BINARY, VARBINARY -> "bytea";
            case DATE -> "date";
            case TIME_WITHOUT_TIME_ZONE -> "time(3)";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "timestamp(" + digits(type) + ")";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamptz(" + digits(type) + ")";
            case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> "interval";
            case ARRAY -> array(column, ((ArrayType) type).getElementType());
            default -> throw unknown(column, type);
        };
    }

    /** CHAR of Flink is not blank padded here: char(n) of PostgreSQL would be. */
    private static String text(int length) {
        return length > MOST_VARCHAR ? "text" : "varchar(" + length + ")";
    }

    private static int digits(LogicalType type) {
        return Math.min(6, LogicalTypeChecks.getPrecision(type));
    }

    private static String array(String column, LogicalType element) {
        if (element instanceof ArrayType) {
            throw unknown(column, new ArrayType(element));
        }
        return of(column, element) + "[]";
    }

    private static RuntimeException unknown(String column, LogicalType type) {
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "No PostgreSQL type is made for column '"
                                + column
                                + "' of type "
                                + type.asSummaryString()
                                + ".")
                .remedy("Make the table yourself, or cast the column to STRING.")
                .toException();
    }
}
