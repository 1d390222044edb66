// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Values for columns that a delete by key does not have. Nobody reads them, but Flink's serializers
 * take no NULL in a column that is NOT NULL. Stateless, therefore thread-safe.
 */
final class PlaceholderValues {

    private PlaceholderValues() {}

    /** NULL where the type takes it, otherwise the zero or the empty value of the type. */
    static Object of(LogicalType type) {
        return type.isNullable()
                ? null
                : switch (type.getTypeRoot()) {
                    case CHAR, VARCHAR -> StringData.fromString("");
                    case BOOLEAN -> false;
                    case BINARY, VARBINARY -> new byte[0];
                    case DECIMAL ->
                            DecimalData.zero(
                                    ((DecimalType) type).getPrecision(),
                                    ((DecimalType) type).getScale());
                    case TINYINT -> (byte) 0;
                    case SMALLINT -> (short) 0;
                    case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH -> 0;
                    case BIGINT, INTERVAL_DAY_TIME -> 0L;
                    case FLOAT -> 0f;
                    case DOUBLE -> 0d;
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            TimestampData.fromEpochMillis(0);
                    case ARRAY -> new GenericArrayData(new Object[0]);
                    case MAP, MULTISET -> new GenericMapData(Map.of());
                    case ROW -> new GenericRowData(((RowType) type).getFieldCount());
                    default -> null;
                };
    }
}
