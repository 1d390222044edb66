// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.common.metric.VeloMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts each block once, when it is acknowledged, and never per attempt. For the task's thread.
 */
final class SendMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(SendMetrics.class);

    private final String title;
    private final Counter rows;
    private final Counter bytes;
    private final Counter rowErrors;
    private final Counter mismatches;
    private final Counter deduplicated;
    private long lastSendMillis;

    SendMetrics(SinkWriterMetricGroup flink, VeloMetrics metrics, String title) {
        this.title = title;
        this.rows = flink.getNumRecordsSendCounter();
        this.bytes = flink.getNumBytesSendCounter();
        this.rowErrors = flink.getNumRecordsSendErrorsCounter();
        MetricGroup own = metrics.group();
        this.mismatches = own.counter("written_rows_mismatches", new SimpleCounter());
        this.deduplicated = own.counter("deduplicated_blocks", new SimpleCounter());
        flink.setCurrentSendTimeGauge(() -> lastSendMillis);
    }

    /**
     * Counts an acknowledged block.
     *
     * @param written the rows that the server says it wrote, or -1
     * @param millis from sending to acknowledgement
     */
    void acknowledged(SealedBlock block, long written, long millis) {
        rows.inc(block.rows());
        bytes.inc(block.length());
        lastSendMillis = millis;
        if (written == 0) {
            deduplicated.inc();
        }
        if (written > 0 && written < block.rows()) {
            if (mismatches.getCount() == 0) {
                LOG.warn(
                        "ClickHouse says that it wrote {} of the {} rows of a block into {}.",
                        written,
                        block.rows(),
                        title);
            }
            mismatches.inc();
        }
    }

    /** Counts the rows of a block that fails the task. */
    void failed(int blockRows) {
        rowErrors.inc(blockRows);
    }
}
