// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.TableRequest;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.types.logical.RowType;

/**
 * How the lookups of one join go out and what is done when none answers. Immutable, therefore
 * thread-safe; travels to the workers.
 *
 * @param batchSize keys per request at the most
 * @param batchTimeout longest time that a key waits for others
 * @param capacity lookups that Flink keeps under way per subtask: once so many wait, no more can
 *     come and the request goes out
 * @param connections connections of one join in one task manager at the most
 * @param retry how often a request is tried again
 * @param breaker when an endpoint is left alone
 * @param onMiss what a key that does not exist means
 * @param onOpen what is done while all endpoints are left alone
 * @param cache the cache in front of it, or null
 */
public record LookupSettings(
        int batchSize,
        Duration batchTimeout,
        int capacity,
        int connections,
        RetryPlan retry,
        BreakerPlan breaker,
        OnMiss onMiss,
        OnOpen onOpen,
        PartialCache cache)
        implements Serializable {

    /**
     * What the options say.
     *
     * @param connections connections of one join in one task manager at the most, at least 1; each
     *     subtask adds up to two
     * @throws io.velo.flink.common.error.VeloException if they contradict each other
     */
    public static LookupSettings of(TableRequest request, int connections) {
        ResolvedOptions options = request.options();
        BreakerPlan breaker = BreakerPlan.of(options);
        if (options.isSet(LookupOptions.ON_OPEN) && !breaker.enabled()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'lookup.on-open' has no meaning without a circuit breaker.")
                    .at(request.uri().toString())
                    .remedy("Add 'circuit-breaker.enabled'='true', or remove the option.")
                    .toException();
        }
        return new LookupSettings(
                options.get(CommonOptions.LOOKUP_BATCH_SIZE),
                options.get(CommonOptions.LOOKUP_BATCH_TIMEOUT),
                request.configuration()
                        .get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_LOOKUP_BUFFER_CAPACITY),
                connections,
                RetryPlan.of(options),
                breaker,
                options.get(LookupOptions.ON_MISS),
                options.get(LookupOptions.ON_OPEN),
                PartialCache.of(options));
    }

    /**
     * Refuses a row of NULLs where a column must not be NULL.
     *
     * @param produced the columns of the rows that the lookup returns
     * @param keys positions of the key's columns among them
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002}
     */
    public LookupSettings checked(RowType produced, int[][] keys, String table) {
        if (onOpen != OnOpen.NULL) {
            return this;
        }
        boolean[] isKey = new boolean[produced.getFieldCount()];
        for (int[] key : keys) {
            isKey[key[0]] = true;
        }
        for (int i = 0; i < isKey.length; i++) {
            if (!isKey[i] && !produced.getTypeAt(i).isNullable()) {
                throw Problem.of(
                                ErrorCode.OPTION_CONFLICT,
                                "'lookup.on-open'='null' cannot give column '"
                                        + produced.getFieldNames().get(i)
                                        + "', which is NOT NULL.")
                        .at(table)
                        .remedy("Declare it without NOT NULL, or use skip.")
                        .toException();
            }
        }
        return this;
    }
}
