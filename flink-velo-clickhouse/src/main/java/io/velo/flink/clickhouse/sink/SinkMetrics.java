// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.SealedBlock;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What a writer counts: each block once, when it is acknowledged, and never per attempt. Only
 * {@link #retried()} may be called from any thread.
 */
final class SinkMetrics {

    /** What made a block go out. */
    enum Trigger {
        /** It has enough rows. */
        ROWS,
        /** It has enough bytes. */
        BYTES,
        /** Its first row waited long enough. */
        TIME,
        /** A checkpoint or the end of input. */
        FLUSH
    }

    private final SinkWriterMetricGroup flink;
    private final Counter[] flushes = new Counter[Trigger.values().length];
    private final Counter retries;
    private final Counter mismatches;
    private final Counter deduplicated;
    private long lastSendMillis;

    SinkMetrics(SinkWriterMetricGroup flink) {
        this.flink = flink;
        MetricGroup velo = flink.addGroup("velo").addGroup("clickhouse");
        for (Trigger trigger : Trigger.values()) {
            String name = "flushes_" + trigger.name().toLowerCase(java.util.Locale.ROOT);
            flushes[trigger.ordinal()] = velo.counter(name, new SimpleCounter());
        }
        retries = velo.counter("retries", new ThreadSafeSimpleCounter());
        mismatches = velo.counter("written_rows_mismatches", new SimpleCounter());
        deduplicated = velo.counter("deduplicated_blocks", new SimpleCounter());
        flink.setCurrentSendTimeGauge(() -> lastSendMillis);
    }

    void retried() {
        retries.inc();
    }

    /** Counts an acknowledged block; true if the server says it wrote fewer rows, but some. */
    boolean acknowledged(SealedBlock block, Trigger trigger, long written, long millis) {
        flink.getNumRecordsSendCounter().inc(block.rows());
        flink.getNumBytesSendCounter().inc(block.length());
        flushes[trigger.ordinal()].inc();
        lastSendMillis = millis;
        if (written == 0) {
            deduplicated.inc();
        }
        boolean mismatch = written > 0 && written < block.rows();
        if (mismatch) {
            mismatches.inc();
        }
        return mismatch;
    }

    /** Counts the rows of a block that was given up. */
    void failed(SealedBlock block) {
        flink.getNumRecordsSendErrorsCounter().inc(block.rows());
    }
}
