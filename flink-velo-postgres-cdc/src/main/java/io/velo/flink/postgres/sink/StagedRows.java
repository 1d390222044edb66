// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

/**
 * Rows of one checkpoint that wait to become visible.
 *
 * @param method how they wait
 * @param writer who wrote them, for the ledger
 * @param epoch the number of the checkpoint among the writer's, growing
 * @param name the table or prepared transaction in which they wait
 */
record StagedRows(CommitMethod method, String writer, long epoch, String name) {}
