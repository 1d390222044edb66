// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/**
 * One row as somebody wrote it. No two rows of a workload share writer and sequence, and both
 * determine everything else in the row.
 *
 * @param key the primary key of keyed workloads, from 0
 * @param writer who wrote it, from 0
 * @param sequence the number of the row among the writer's, from 1, growing but with gaps
 * @param payload text that only this row has; it holds what formats stumble over
 * @param balance the sum of all balances is the same before and after every transaction
 */
public record Version(long key, int writer, long sequence, String payload, long balance) {}
