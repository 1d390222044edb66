// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;

/**
 * A lookup that waits for its answer.
 *
 * @param values the texts of the key's columns
 * @param answer completed with the rows that have the key, or with the failure
 */
record PendingKey(List<String> values, CompletableFuture<Collection<RowData>> answer) {}
