// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The columns of the rows of a whole-database stream. */
public enum EnvelopeColumn {
    /** READ, INSERT, UPDATE, DELETE, and on request TRUNCATE, BEGIN, COMMIT. */
    OPERATION_TYPE(DataTypes.STRING().notNull()),
    /** The schema. */
    SCHEMA_NAME(DataTypes.STRING()),
    /** The table. */
    TABLE_NAME(DataTypes.STRING()),
    /** The row before as JSON: its key, or all of it under REPLICA IDENTITY FULL. */
    BEFORE(DataTypes.STRING()),
    /** The row after as JSON. */
    AFTER(DataTypes.STRING());

    private final DataType type;

    EnvelopeColumn(DataType type) {
        this.type = type;
    }

    /** Its name. */
    public String columnName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its type. */
    public DataType type() {
        return type;
    }
}
