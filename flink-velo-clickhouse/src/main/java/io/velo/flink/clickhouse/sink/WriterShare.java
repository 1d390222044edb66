// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.common.batch.RowRate;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * What all writers of one subtask share, be they one or one for each shard.
 *
 * @param failures takes the rows that are refused
 * @param rate holds rows back
 * @param sent counts what was acknowledged
 * @param cancelled whether the task was cancelled while one of them waited
 */
record WriterShare(
        FailureHandler failures, RowRate rate, SendMetrics sent, AtomicBoolean cancelled) {

    /** The share of a subtask. */
    static WriterShare of(
            WritePlan plan,
            FailureHandler failures,
            WriterInitContext context,
            VeloMetrics metrics) {
        return new WriterShare(
                failures,
                RowIntake.rate(plan, context, metrics),
                new SendMetrics(context.metricGroup(), metrics, plan.table().title()),
                new AtomicBoolean());
    }
}
