// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads a field of a whole-number type as a long, without boxing. One switch for all types: the
 * columns of a row take turns at one place of the code, where a call that differs by column could
 * not be compiled away.
 */
enum LongField {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT;

    long get(RowData row, int index) {
        return switch (this) {
            case BOOLEAN -> row.getBoolean(index) ? 1 : 0;
            case TINYINT -> row.getByte(index);
            case SMALLINT -> row.getShort(index);
            case INT -> row.getInt(index);
            case BIGINT -> row.getLong(index);
        };
    }

    /** The reader for this type, or null if it is no whole number. */
    static LongField of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> BOOLEAN;
            case TINYINT -> TINYINT;
            case SMALLINT -> SMALLINT;
            case INTEGER, DATE -> INT;
            case BIGINT -> BIGINT;
            default -> null;
        };
    }
}
