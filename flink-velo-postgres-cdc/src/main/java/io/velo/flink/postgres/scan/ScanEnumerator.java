// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives splits to the readers that ask for one. Opens no connection. Used by one thread. */
final class ScanEnumerator implements SplitEnumerator<ScanSplit, ScanCheckpoint> {

    private final SplitEnumeratorContext<ScanSplit> context;
    private final Deque<ScanSplit> unassigned;

    ScanEnumerator(SplitEnumeratorContext<ScanSplit> context, Collection<ScanSplit> unassigned) {
        this.context = context;
        this.unassigned = new ArrayDeque<>(unassigned);
    }

    @Override
    public void start() {
        // Splits are given out on request.
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        if (!context.registeredReaders().containsKey(subtask)) {
            return;
        }
        ScanSplit next = unassigned.poll();
        if (next == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(next, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<ScanSplit> splits, int subtask) {
        // A reader came back asks again, so it is enough to have them ready.
        splits.forEach(unassigned::addFirst);
    }

    @Override
    public void addReader(int subtask) {
        // The reader asks for a split when it starts.
    }

    @Override
    public ScanCheckpoint snapshotState(long checkpointId) {
        return new ScanCheckpoint(List.copyOf(unassigned));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
