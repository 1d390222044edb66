// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads a field of a whole-number type as a long, without boxing. */
@FunctionalInterface
interface LongField {

    long get(RowData row, int index);

    /** The reader for this type, or null if it is no whole number. */
    static LongField of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (row, index) -> row.getBoolean(index) ? 1 : 0;
            case TINYINT -> RowData::getByte;
            case SMALLINT -> RowData::getShort;
            case INTEGER, DATE -> RowData::getInt;
            case BIGINT -> RowData::getLong;
            default -> null;
        };
    }
}
