// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the fetcher's thread and the task's thread tell each other. Thread-safe. */
final class CaptureProgress {

    private final Map<String, SnapshotSplit> ended = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile String lost = "";
    private final AtomicLong keptBytes = new AtomicLong();
    private volatile long fetchLagMillis = -1;
    private final LongAdder rowsRead = new LongAdder();
    private final LongAdder hidden = new LongAdder();
    private final LongAdder reconnects = new LongAdder();

    /** A range was read to its end. */
    void ended(SnapshotSplit split) {
        ended.put(split.splitId(), split);
    }

    /** The range of this name as it was at its end. */
    SnapshotSplit takeEnded(String splitId) {
        return ended.remove(splitId);
    }

    /** The server may forget what stands before. */
    void acknowledge(long lsn) {
        acknowledged.accumulateAndGet(lsn, Math::max);
    }

    /** What was acknowledged was of another slot. */
    void forgetAcknowledged() {
        acknowledged.set(0);
    }

    /** The slot is lost, for this reason. */
    void lost(String reason) {
        lost = reason;
    }

    String lost() {
        return lost;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    AtomicLong keptBytes() {
        return keptBytes;
    }

    void rowsRead(long rows) {
        rowsRead.add(rows);
    }

    long rowsRead() {
        return rowsRead.sum();
    }

    void hidden(long changes) {
        hidden.add(changes);
    }

    long hidden() {
        return hidden.sum();
    }

    void reconnected() {
        reconnects.increment();
    }

    long reconnects() {
        return reconnects.sum();
    }

    /** Changes have come whose last one was committed at this time; {@code now} is the clock. */
    void fetched(long commitMillis, long now) {
        // The clocks of two machines may differ.
        fetchLagMillis = Math.max(0, now - commitMillis);
    }

    /** How late the last change of the last fetch came, in milliseconds; -1 before the first. */
    long fetchLagMillis() {
        return fetchLagMillis;
    }
}
