// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.TableRequest;

/**
 * How a table is written, whatever it holds. For planning; immutable.
 *
 * @param batching when rows are sent
 * @param rowsPerSecond of all subtasks together; null for no limit
 * @param retry how often a write is tried again
 * @param breaker when the server is left alone for a while
 * @param failure what becomes of rows that are rejected
 */
record WriteSettings(
        BatchLimits batching,
        Integer rowsPerSecond,
        RetryPlan retry,
        BreakerPlan breaker,
        FailureSettings failure) {

    /**
     * What the options of a request say.
     *
     * @throws io.velo.flink.common.error.VeloException if they contradict each other
     */
    static WriteSettings of(TableRequest request) {
        ResolvedOptions options = request.options();
        BatchLimits own =
                BatchLimits.fixed(
                        options.get(RedisOptions.BATCH_SIZE),
                        options.get(RedisOptions.BATCH_BYTES).getBytes(),
                        options.get(RedisOptions.BATCH_TIMEOUT),
                        1);
        return new WriteSettings(
                BatchLimits.of(options, own),
                options.find(BatchOptions.RATE_LIMIT).orElse(null),
                RetryPlan.of(options),
                BreakerPlan.of(options),
                FailureSettings.of(request, RedisScheme.NAME, "json"));
    }
}
