// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The ranges that readers have read to their end, and what readers can be told about them: only
 * what a completed checkpoint of the enumerator holds may they forget. Used by one thread.
 */
final class ReadRanges {

    private final Map<String, SnapshotSplit> read = new LinkedHashMap<>();
    private final Set<String> untold = new LinkedHashSet<>();
    private final TreeMap<Long, List<String>> checkpoints = new TreeMap<>();

    /** A range that an earlier checkpoint holds. */
    void restore(SnapshotSplit split) {
        read.put(split.splitId(), split);
    }

    /** A reader says that it has read a range; it repeats that until it is told. */
    void add(SnapshotSplit split) {
        read.put(split.splitId(), split);
        untold.add(split.splitId());
    }

    /** A reader repeats what needs to be told only. */
    void tell(String splitId) {
        untold.add(splitId);
    }

    /** A range is to be read again, or further. */
    void remove(Collection<String> splitIds) {
        read.keySet().removeAll(splitIds);
    }

    /** Forgets all ranges. */
    void clear() {
        read.clear();
    }

    /** How many there are. */
    int size() {
        return read.size();
    }

    /** All of them. */
    Collection<SnapshotSplit> all() {
        return read.values();
    }

    /** A checkpoint holds all this. */
    void checkpoint(long checkpointId) {
        checkpoints.put(checkpointId, List.copyOf(untold));
    }

    /**
     * A checkpoint has completed.
     *
     * @param tell takes what readers are to be told
     */
    void complete(long checkpointId, Consumer<RangesKnown> tell) {
        List<String> news = checkpoints.get(checkpointId);
        checkpoints.headMap(checkpointId, true).clear();
        if (news != null) {
            news.forEach(untold::remove);
            events(news).forEach(tell);
        }
    }

    /** Small messages: there can be a hundred thousand ranges. */
    static List<RangesKnown> events(List<String> ids) {
        List<RangesKnown> events = new ArrayList<>();
        List<String> some = new ArrayList<>();
        long size = 0;
        for (String id : ids) {
            some.add(id);
            size += 2L * id.length() + 8;
            if (size >= SplitPieces.largest()) {
                events.add(new RangesKnown(some.toArray(String[]::new)));
                some.clear();
                size = 0;
            }
        }
        if (!some.isEmpty()) {
            events.add(new RangesKnown(some.toArray(String[]::new)));
        }
        return events;
    }
}
