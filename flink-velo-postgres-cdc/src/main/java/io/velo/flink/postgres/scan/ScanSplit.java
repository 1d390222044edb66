// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table that one reader reads: its rows in a range of keys or of blocks, and how many
 * of them were emitted already. Immutable, therefore thread-safe.
 *
 * @param splitId its name, unique within the job
 * @param range the rows that are still to be read, if the table has a key; otherwise all
 * @param blocks the blocks that are read; empty for all
 * @param snapshot the moment that is looked at; empty for the moment of the reading
 * @param emitted how many rows were emitted from this split before
 */
public record ScanSplit(
        String splitId,
        KeyRange range,
        Optional<BlockRange> blocks,
        Optional<Snapshot> snapshot,
        long emitted)
        implements SourceSplit {

    public ScanSplit {
        Objects.requireNonNull(splitId);
        Objects.requireNonNull(range);
        Objects.requireNonNull(blocks);
        Objects.requireNonNull(snapshot);
    }

    /** A split of which nothing has been read. */
    public static ScanSplit unread(String splitId, KeyRange range) {
        return new ScanSplit(splitId, range, Optional.empty(), Optional.empty(), 0);
    }

    /** The same rows, of these blocks alone. */
    ScanSplit of(BlockRange some) {
        return new ScanSplit(splitId, range, Optional.of(some), snapshot, emitted);
    }

    /** The same rows as they were at this moment. */
    ScanSplit at(Snapshot moment) {
        return new ScanSplit(splitId, range, blocks, Optional.of(moment), emitted);
    }

    /** What is left after more rows were emitted, the last of them with this key. */
    public ScanSplit after(KeyPoint lastKey, long more) {
        return new ScanSplit(splitId, range.after(lastKey), blocks, snapshot, emitted + more);
    }

    /** What is known after more rows without a key were emitted. */
    public ScanSplit after(long more) {
        return new ScanSplit(splitId, range, blocks, snapshot, emitted + more);
    }

    /** Whether rows were emitted, but nothing says which. */
    public boolean isLost() {
        return emitted > 0 && !range.isFollowedTo();
    }
}
