// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.source.AbortableSplitReader;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads splits one after the other, block by block, in the fetcher's thread. {@link #abort()} may
 * be called by another thread and ends a read that waits for the server.
 */
final class ScanSplitReader implements AbortableSplitReader<BlockRecords.Cursor, ClickHouseSplit> {

    private final ScanPlan plan;
    private final Transports transports;
    private final Deque<ClickHouseSplit> splits = new ArrayDeque<>();
    private ClickHouseSplit current;
    private volatile BlockStream stream;
    private volatile boolean cancelled;

    ScanSplitReader(ScanPlan plan, Transports transports) {
        this.plan = plan;
        this.transports = transports;
    }

    @Override
    public RecordsWithSplitIds<BlockRecords.Cursor> fetch() throws InterruptedIOException {
        if (stream == null && !openNext()) {
            return BlockRecords.none();
        }
        Block block = stream.next();
        if (block != null) {
            return BlockRecords.of(current.splitId(), block);
        }
        stream.close();
        stream = null;
        return BlockRecords.end(current.splitId());
    }

    private boolean openNext() throws InterruptedIOException {
        current = splits.poll();
        if (current == null || cancelled) {
            return false;
        }
        try {
            stream = BlockStream.open(transports.to(current), plan, current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (cancelled) {
            stream.close();
        }
        return true;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ClickHouseSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(change.getClass().getName());
        }
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        // A fetch ends with its block; waiting for the server ends by abort or by the deadline.
    }

    @Override
    public void abort() {
        cancelled = true;
        BlockStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        abort();
    }
}
