// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.util.List;

/**
 * A batch that the server has committed.
 *
 * @param batch the batch
 * @param rejected the rows of it that the server does not take
 * @param millis the time it took
 */
record WrittenBatch(RowBatch batch, List<RejectedRow> rejected, long millis) {}
