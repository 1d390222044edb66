// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One column of an insert and the field of the Flink row that fills it.
 *
 * @param name the ClickHouse column
 * @param type its type
 * @param flinkType the type of the field
 * @param index the position of the field in the row
 * @param key whether the column belongs to the primary key, so that a delete carries it too
 */
public record ColumnTarget(
        String name, ClickHouseType type, LogicalType flinkType, int index, boolean key)
        implements Serializable {}
