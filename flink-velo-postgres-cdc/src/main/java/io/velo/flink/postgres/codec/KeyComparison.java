// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/**
 * How a column is compared with keys in SQL. Immutable, therefore thread-safe.
 *
 * @param expression the column's side of the comparison
 * @param type the type to which the keys are cast
 */
public record KeyComparison(String expression, PostgresType type) {}
