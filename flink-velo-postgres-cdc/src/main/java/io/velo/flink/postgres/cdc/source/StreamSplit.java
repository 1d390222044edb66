// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.LogPoint;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of a slot, and what the rows show that were read before. Immutable, therefore
 * thread-safe.
 *
 * @param place the slot and the publication
 * @param tables the tables that are captured
 * @param position how far changes were emitted
 * @param parts for each table that was read, its parts; those of which no change can be shown any
 *     more are left out
 */
public record StreamSplit(
        CapturePlace place,
        KnownTables tables,
        StreamPosition position,
        Map<TableName, List<ReadPart>> parts)
        implements CaptureSplit {

    /** There is one slot per source. */
    static final String ID = "stream";

    public StreamSplit {
        parts = Map.copyOf(parts);
    }

    @Override
    public String splitId() {
        return ID;
    }

    /**
     * Splits of one state without changes that others of the state go on behind: what a reader has
     * given back stays in its state until it is told, and may have come back to it meanwhile.
     */
    static List<CaptureSplit> newest(List<CaptureSplit> splits) {
        return splits.stream()
                .filter(
                        split ->
                                !(split instanceof StreamSplit changes)
                                        || splits.stream()
                                                .noneMatch(other -> isFurther(other, changes)))
                .toList();
    }

    private static boolean isFurther(CaptureSplit one, StreamSplit other) {
        return one instanceof StreamSplit changes && changes.isFurtherThan(other);
    }

    private boolean isFurtherThan(StreamSplit other) {
        StreamPosition mine = position;
        StreamPosition its = other.position;
        return place.systemId().equals(other.place.systemId())
                && Comparator.comparingInt(StreamPosition::timeline)
                                .thenComparing(StreamPosition::endLsn, Long::compareUnsigned)
                                .thenComparingLong(StreamPosition::ordinal)
                                .compare(mine, its)
                        > 0;
    }

    /** The same further on, without the parts of tables that show no commit behind the position. */
    StreamSplit at(StreamPosition newPosition) {
        Map<TableName, List<ReadPart>> left = new HashMap<>(parts);
        left.values().removeIf(read -> isPassed(read, newPosition.commitLsn()));
        return new StreamSplit(place, tables, newPosition, left);
    }

    /** The places of the log behind what was read: a server that lacks one has lost changes. */
    List<LogPoint> read() {
        List<LogPoint> points = new ArrayList<>();
        points.add(new LogPoint(position.timeline(), position.endLsn()));
        if (position.openCommitLsn() != 0) {
            // The commit itself was read, and a timeline ends behind a whole entry of the log.
            points.add(new LogPoint(position.timeline(), position.openCommitLsn() + 1));
        }
        for (List<ReadPart> read : parts.values()) {
            for (ReadPart part : read) {
                Visibility shown = part.visibility();
                points.add(new LogPoint(shown.timeline(), shown.horizon()));
            }
        }
        return points;
    }

    private static boolean isPassed(List<ReadPart> read, long commitLsn) {
        return read.stream()
                .allMatch(part -> Long.compareUnsigned(part.visibility().horizon(), commitLsn) < 0);
    }
}
