// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.metric.VeloMetrics;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;

/**
 * The metrics of a reader under {@code velo.postgresql}, and Flink's {@code
 * currentFetchEventTimeLag}, which Flink leaves to its connectors. Used by the task's thread; what
 * they show comes from any thread.
 */
final class CaptureMetrics {

    private volatile long acknowledged;

    CaptureMetrics(MetricGroup operator, CaptureProgress progress) {
        operator.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, progress::fetchLagMillis);
        MetricGroup group = VeloMetrics.of(operator, "postgresql").group();
        group.gauge("snapshot_rows", progress::rowsRead);
        group.gauge("changes_shown_before", progress::hidden);
        group.gauge("open_transaction_bytes", () -> progress.keptBytes().get());
        group.gauge("reconnects", progress::reconnects);
        group.gauge("acknowledged_lsn", () -> acknowledged);
    }

    /** The server was told that it may forget what stands before. */
    void acknowledged(long lsn) {
        acknowledged = lsn;
    }
}
