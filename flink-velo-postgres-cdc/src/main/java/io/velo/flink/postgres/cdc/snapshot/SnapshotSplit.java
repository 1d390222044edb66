// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.cdc.source.CaptureSplit;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A range of a table that is read once, and how far it was read. What was read before a failure
 * stays read, each piece with what it shows. Immutable, therefore thread-safe.
 *
 * @param splitId its name, unique within the job
 * @param table the table
 * @param oid the number that the server gave the table
 * @param relation what is read: the table itself, or one of its partitions
 * @param byPlace whether ranges are of places of rows instead of keys
 * @param exported the server's name of the snapshot in which it is read, or empty for one of its
 *     own
 * @param range what is left to read, the piece under way included
 * @param parts what was read before
 * @param last the last row of the piece under way, or empty
 * @param visibility what the piece under way shows, or empty
 * @param finished whether all of it was read
 */
public record SnapshotSplit(
        String splitId,
        TableName table,
        int oid,
        TableName relation,
        boolean byPlace,
        String exported,
        Range range,
        List<ReadPart> parts,
        Optional<Point> last,
        Optional<Visibility> visibility,
        boolean finished)
        implements CaptureSplit {

    public SnapshotSplit {
        parts = List.copyOf(parts);
    }

    /** A range of which nothing was read. */
    public static SnapshotSplit unread(
            String id,
            TableName table,
            int oid,
            TableName relation,
            boolean byPlace,
            String exported,
            Range range) {
        return new SnapshotSplit(
                id,
                table,
                oid,
                relation,
                byPlace,
                exported,
                range,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same after more rows were emitted. */
    public SnapshotSplit after(Point point, Visibility shown) {
        if (visibility.isPresent() && !visibility.get().equals(shown)) {
            return resumed().after(point, shown);
        }
        return with(range, parts, Optional.of(point), Optional.of(shown), false);
    }

    /** What is left, ready to be read in a new snapshot. */
    public SnapshotSplit resumed() {
        if (last.isEmpty()) {
            return this;
        }
        List<ReadPart> more = new ArrayList<>(parts);
        more.add(new ReadPart(new Range(range.after(), last), visibility.orElseThrow()));
        return with(new Range(last, range.upTo()), more, Optional.empty(), Optional.empty(), false);
    }

    /** The same when the last row was emitted. */
    public SnapshotSplit end(Visibility shown) {
        if (visibility.isPresent() && !visibility.get().equals(shown)) {
            return resumed().end(shown);
        }
        List<ReadPart> more = new ArrayList<>(parts);
        more.add(new ReadPart(range, shown));
        return with(range, more, Optional.empty(), Optional.empty(), true);
    }

    private SnapshotSplit with(
            Range newRange,
            List<ReadPart> newParts,
            Optional<Point> newLast,
            Optional<Visibility> newVisibility,
            boolean end) {
        return new SnapshotSplit(
                splitId,
                table,
                oid,
                relation,
                byPlace,
                exported,
                newRange,
                newParts,
                newLast,
                newVisibility,
                end);
    }
}
