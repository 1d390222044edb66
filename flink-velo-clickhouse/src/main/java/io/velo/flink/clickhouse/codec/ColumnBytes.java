// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.nio.ByteBuffer;

/**
 * One column of a block as {@link ColumnWriter} has built it.
 *
 * @param type the type of its values
 * @param nulls one byte per row that is not zero for NULL, or null if it takes no NULL
 * @param data the values
 * @param parts what the values are made of
 */
record ColumnBytes(ClickHouseType type, ByteBuffer nulls, ByteBuffer data, ColumnBytes[] parts) {}
