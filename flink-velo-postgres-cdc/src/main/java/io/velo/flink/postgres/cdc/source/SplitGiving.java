// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Gives splits to readers that ask for them, and knows whether one has the changes. Used by the
 * coordinator's thread.
 */
final class SplitGiving {

    private final SplitEnumeratorContext<CaptureSplit> context;
    private final KnownReaders readers;
    private final CaptureState state;
    private final boolean readsChanges;
    private final Set<Integer> waiting = new TreeSet<>();

    /** Whether a reader has the changes. */
    private boolean given;

    /** The changes that a reader was sent in pieces: it may give back their name only. */
    private StreamSplit inPieces;

    SplitGiving(
            SplitEnumeratorContext<CaptureSplit> context,
            KnownReaders readers,
            CaptureState state,
            boolean readsChanges) {
        this.context = context;
        this.readers = readers;
        this.state = state;
        this.readsChanges = readsChanges;
    }

    /** A reader has nothing to read. */
    void asks(int subtask) {
        waiting.add(subtask);
    }

    /** A reader has these, perhaps since before a restore. */
    void has(Set<String> splitIds) {
        given |= splitIds.contains(StreamSplit.ID);
    }

    /** No reader has the changes any more. */
    void changesEnded() {
        given = false;
    }

    /** Gives what there is to those that have asked; ends those that will never get anything. */
    void give() {
        for (int subtask : List.copyOf(waiting)) {
            if (!readers.has(subtask)) {
                waiting.remove(subtask);
                continue;
            }
            CaptureSplit next = state.unassigned().poll();
            if (next != null) {
                waiting.remove(subtask);
                give(next, subtask);
            } else if (isOver()) {
                waiting.remove(subtask);
                readers.end(subtask);
            } else {
                return;
            }
        }
    }

    private void give(CaptureSplit split, int subtask) {
        if (split instanceof StreamSplit changes) {
            given = true;
            List<SplitPiece> cut = SplitPieces.of(changes);
            if (cut.size() > 1) {
                cut.forEach(piece -> context.sendEventToSourceReader(subtask, piece));
                inPieces = changes;
                context.assignSplit(new SplitInPieces(changes.splitId()), subtask);
                return;
            }
        }
        context.assignSplit(split, subtask);
    }

    /** Whether a reader that has nothing will never get anything. */
    private boolean isOver() {
        return state.isSnapshot()
                ? !readsChanges && state.isRead()
                : given && state.unassigned().isEmpty();
    }

    /** A reader has failed with these; what was given up since is not given out again. */
    void takeBack(List<CaptureSplit> splits) {
        for (CaptureSplit back : splits) {
            CaptureSplit split = back instanceof SplitInPieces ? inPieces : back;
            state.read().remove(List.of(split.splitId()));
            if (split instanceof StreamSplit) {
                given = false;
            }
            if (state.isOurs(split)) {
                state.unassigned().addFirst(split);
            }
        }
    }
}
