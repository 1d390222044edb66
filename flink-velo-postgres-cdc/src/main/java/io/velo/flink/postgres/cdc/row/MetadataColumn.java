// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The metadata columns of a captured row. */
public enum MetadataColumn {
    /** The database. */
    DATABASE_NAME(DataTypes.STRING().notNull()),
    /** The schema of the table. */
    SCHEMA_NAME(DataTypes.STRING().notNull()),
    /** The table. */
    TABLE_NAME(DataTypes.STRING().notNull()),
    /** When the change committed; NULL for a row that was there before. */
    OP_TS(DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6)),
    /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
    ROW_KIND(DataTypes.STRING().notNull()),
    /** Where the change stands in the log; for a row that was there before, the snapshot's. */
    LSN(DataTypes.STRING().notNull()),
    /** Where the commit stands in the log; NULL for a row that was there before. */
    COMMIT_LSN(DataTypes.STRING()),
    /** The transaction, 32 bits; NULL for a row that was there before. */
    XID(DataTypes.BIGINT()),
    /** The number of the change in its transaction, from 1; NULL as above. */
    TX_ORDINAL(DataTypes.BIGINT()),
    /** Whether the row was there before. */
    SNAPSHOT(DataTypes.BOOLEAN().notNull()),
    /** Columns whose value did not change and was not sent. */
    UNCHANGED_COLUMNS(DataTypes.ARRAY(DataTypes.STRING().notNull()));

    private final DataType type;

    MetadataColumn(DataType type) {
        this.type = type;
    }

    /** The key in {@code METADATA FROM 'key'}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Its type. */
    public DataType type() {
        return type;
    }

    /** The column of a key. */
    public static Optional<MetadataColumn> of(String key) {
        for (MetadataColumn column : values()) {
            if (column.key().equals(key)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
