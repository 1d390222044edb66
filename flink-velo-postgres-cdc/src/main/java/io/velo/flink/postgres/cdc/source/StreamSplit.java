// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.sql.TableName;
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
        List<TableName> tables,
        StreamPosition position,
        Map<TableName, List<ReadPart>> parts)
        implements CaptureSplit {

    /** There is one slot per source. */
    static final String ID = "stream";

    public StreamSplit {
        tables = List.copyOf(tables);
        parts = Map.copyOf(parts);
    }

    @Override
    public String splitId() {
        return ID;
    }

    /** The same further on, without the parts of tables that show no commit behind the position. */
    StreamSplit at(StreamPosition newPosition) {
        Map<TableName, List<ReadPart>> left = new HashMap<>(parts);
        left.values().removeIf(read -> isPassed(read, newPosition.commitLsn()));
        return new StreamSplit(place, tables, newPosition, left);
    }

    private static boolean isPassed(List<ReadPart> read, long commitLsn) {
        return read.stream()
                .allMatch(part -> Long.compareUnsigned(part.visibility().horizon(), commitLsn) < 0);
    }
}
