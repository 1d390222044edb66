// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.failure.FailurePlan;
import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.RetryPlan;
import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a writer does, as it travels to the workers. Immutable.
 *
 * @param endpoint the server
 * @param table the table's name in Flink, for messages
 * @param columns the columns of its rows
 * @param batching when rows are sent
 * @param rowsPerSecond of all subtasks together; null for no limit
 * @param retry how often a write is tried again
 * @param breaker when the server is left alone for a while
 * @param failure what becomes of rows that are rejected
 */
record WritePlan(
        RedisEndpoint endpoint,
        String table,
        RowType columns,
        BatchLimits batching,
        Integer rowsPerSecond,
        RetryPlan retry,
        BreakerPlan breaker,
        FailurePlan failure)
        implements Serializable {}
