// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One column of a result and the Flink type as which it is handed out.
 *
 * @param name the ClickHouse column
 * @param type its type
 * @param flinkType the type of the field
 */
public record ColumnSource(String name, ClickHouseType type, LogicalType flinkType)
        implements Serializable {}
