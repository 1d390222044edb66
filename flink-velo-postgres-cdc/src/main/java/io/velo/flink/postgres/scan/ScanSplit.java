// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table that one reader reads: its rows in a range of keys, and how many of them were
 * emitted already. Immutable, therefore thread-safe.
 *
 * @param splitId its name, unique within the job
 * @param range the rows that are still to be read, if the table has a key; otherwise all
 * @param emitted how many rows were emitted from this split before
 */
public record ScanSplit(String splitId, KeyRange range, long emitted) implements SourceSplit {

    public ScanSplit {
        Objects.requireNonNull(splitId);
        Objects.requireNonNull(range);
    }

    /** A split of which nothing has been read. */
    public static ScanSplit unread(String splitId, KeyRange range) {
        return new ScanSplit(splitId, range, 0);
    }

    /** What is left after more rows were emitted, the last of them with this key. */
    public ScanSplit after(KeyPoint lastKey, long more) {
        return new ScanSplit(splitId, range.after(lastKey), emitted + more);
    }

    /** What is known after more rows without a key were emitted. */
    public ScanSplit after(long more) {
        return new ScanSplit(splitId, range, emitted + more);
    }

    /** Whether rows were emitted, but nothing says which. */
    public boolean isLost() {
        return emitted > 0 && range.after().isEmpty();
    }
}
