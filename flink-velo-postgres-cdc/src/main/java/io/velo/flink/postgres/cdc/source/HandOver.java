// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the changes that follow the ranges. Stateless, therefore thread-safe. */
final class HandOver {

    private HandOver() {}

    /**
     * The changes of a slot behind the rows that were read.
     *
     * @param read the ranges that were read, each to its end
     * @param before how far the changes of other tables were read before, if they were
     */
    static StreamSplit of(
            CapturePlace place,
            KnownTables tables,
            Collection<SnapshotSplit> read,
            Optional<StreamSplit> before) {
        Map<TableName, List<ReadPart>> parts = new HashMap<>();
        before.map(StreamSplit::parts).ifPresent(parts::putAll);
        parts.keySet().retainAll(tables.names());
        Map<TableName, List<ReadPart>> now = new HashMap<>();
        for (SnapshotSplit split : read) {
            List<ReadPart> ofTable = now.computeIfAbsent(split.table(), table -> new ArrayList<>());
            if (split.byPlace()) {
                // All places of a table were read in one moment: the last horizon holds for all.
                split.parts().stream()
                        .map(part -> new ReadPart(Range.ALL, part.visibility()))
                        .filter(part -> isLater(part, ofTable))
                        .forEach(part -> ofTable.add(0, part));
                ofTable.subList(1, ofTable.size()).clear();
            } else {
                ofTable.addAll(split.parts());
            }
        }
        parts.putAll(now);
        StreamPosition position =
                before.map(StreamSplit::position)
                        .orElse(StreamPosition.at(place.timeline(), place.start()));
        return new StreamSplit(place, tables, position, parts);
    }

    private static boolean isLater(ReadPart part, List<ReadPart> known) {
        return known.isEmpty()
                || Long.compareUnsigned(
                                part.visibility().horizon(), known.get(0).visibility().horizon())
                        > 0;
    }
}
