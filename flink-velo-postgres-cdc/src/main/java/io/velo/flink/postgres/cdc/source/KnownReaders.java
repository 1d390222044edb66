// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * What is said to all readers. One that gets no more splits is told nothing else: it ends as soon
 * as a checkpoint has completed, and Flink lets the job fail if a message is on its way to a task
 * that has just ended. Used by the coordinator's thread.
 */
final class KnownReaders {

    private final SplitEnumeratorContext<CaptureSplit> context;
    private final Set<Integer> ending = new HashSet<>();
    private final Map<Integer, List<SourceEvent>> early = new HashMap<>();

    KnownReaders(SplitEnumeratorContext<CaptureSplit> context) {
        this.context = context;
    }

    /** A reader has begun, perhaps again. */
    void begins(int subtask) {
        ending.remove(subtask);
        List<SourceEvent> kept = early.remove(subtask);
        if (kept != null) {
            kept.forEach(event -> tell(subtask, event));
        }
    }

    /** A reader has failed; another one takes its place. */
    void failed(int subtask) {
        early.remove(subtask);
    }

    /** Whether the reader is there. */
    boolean has(int subtask) {
        return context.registeredReaders().containsKey(subtask);
    }

    /** Lets a reader end. */
    void end(int subtask) {
        ending.add(subtask);
        context.signalNoMoreSplits(subtask);
    }

    /** Tells every reader that goes on. */
    void tell(SourceEvent event) {
        context.registeredReaders().keySet().forEach(subtask -> tell(subtask, event));
    }

    /** Tells one reader, if it goes on; one that has only reported its state, when it begins. */
    void tell(int subtask, SourceEvent event) {
        if (!has(subtask)) {
            early.computeIfAbsent(subtask, ignored -> new ArrayList<>()).add(event);
        } else if (!ending.contains(subtask)) {
            context.sendEventToSourceReader(subtask, event);
        }
    }
}
