// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

/**
 * A column of a TPC-H table. Immutable, therefore thread-safe.
 *
 * @param name its name, such as {@code l_orderkey}
 * @param type what it holds
 */
public record TpchColumn(String name, TpchType type) {}
