// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.function.ToLongFunction;
import org.apache.flink.table.data.RowData;

/**
 * A column of an insert that no field fills, such as a version: a whole number made for each row.
 *
 * @param name the ClickHouse column
 * @param type its type, a whole number or Bool of at most 8 bytes
 * @param value makes the number; called once per row, in the order of the rows
 */
public record GeneratedColumn(String name, ClickHouseType type, ToLongFunction<RowData> value) {}
