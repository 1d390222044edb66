// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** Columns that the server makes itself; they are metadata columns in Flink. */
enum VirtualColumn {
    PART("_part", "CAST(_part, 'String')", "String", DataTypes.STRING()),
    PARTITION_ID("_partition_id", "CAST(_partition_id, 'String')", "String", DataTypes.STRING()),
    PARTITION_VALUE("_partition_value", "toString(_partition_value)", "String", DataTypes.STRING()),
    PART_OFFSET("_part_offset", "toInt64(_part_offset)", "Int64", DataTypes.BIGINT()),
    BLOCK_NUMBER("_block_number", "toInt64(_block_number)", "Int64", DataTypes.BIGINT()),
    SHARD_NUMBER("_shard_num", "toInt64(_shard_num)", "Int64", DataTypes.BIGINT()),
    DATABASE("_database", "CAST(_database, 'String')", "String", DataTypes.STRING()),
    TABLE("_table", "CAST(_table, 'String')", "String", DataTypes.STRING());

    private final String key;
    private final String sql;
    private final String type;
    private final DataType flink;

    VirtualColumn(String key, String sql, String type, DataType flink) {
        this.key = key;
        this.sql = sql;
        this.type = type;
        this.flink = flink;
    }

    /** All of them, for the planner. */
    static Map<String, DataType> all() {
        Map<String, DataType> all = new LinkedHashMap<>();
        for (VirtualColumn column : values()) {
            all.put(column.key, column.flink.notNull());
        }
        return all;
    }

    static Optional<VirtualColumn> find(String key) {
        return Arrays.stream(values()).filter(column -> column.key.equals(key)).findFirst();
    }

    String sql() {
        return sql;
    }

    ClickHouseType type() {
        return TypeParser.parse(type);
    }
}
