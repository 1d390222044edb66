// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * A column of a Parquet file without parts.
 *
 * @param value how its values are laid out
 * @param decimalBytes bytes of a decimal whose highest byte is the first one, or 0 if it has the
 *     bytes of a whole number
 * @param repetition the greatest repetition level
 * @param definition the definition level of a value
 */
record ParquetLeaf(CarriedValue value, int decimalBytes, int repetition, int definition) {}
