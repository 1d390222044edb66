// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Counts the rows that a reader gives out and drops them. */
final class RowCount<T> implements ReaderOutput<T> {

    private final AtomicLong rows = new AtomicLong();

    long rows() {
        return rows.get();
    }

    @Override
    public void collect(T row) {
        rows.incrementAndGet();
    }

    @Override
    public void collect(T row, long timestamp) {
        rows.incrementAndGet();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        // Nobody waits for time.
    }

    @Override
    public void markIdle() {
        // Nobody waits for time.
    }

    @Override
    public void markActive() {
        // Nobody waits for time.
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // It is the only one.
    }
}
