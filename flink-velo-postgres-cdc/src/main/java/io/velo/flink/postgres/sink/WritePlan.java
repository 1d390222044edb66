// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.retry.RetryPlan;
import java.io.Serializable;

/**
 * What a writer does, as it travels to the workers. Immutable.
 *
 * @param target the table
 * @param batching when rows are sent
 * @param rowsPerSecond of all subtasks together; null for no limit
 * @param retry how often a write is tried again
 * @param failure what becomes of rows that are rejected
 */
public record WritePlan(
        WriteTarget target,
        BatchLimits batching,
        Integer rowsPerSecond,
        RetryPlan retry,
        FailurePlan failure)
        implements Serializable {}
