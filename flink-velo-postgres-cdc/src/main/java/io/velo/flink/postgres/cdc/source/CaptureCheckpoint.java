// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;

/**
 * What the enumerator must remember. Immutable, therefore thread-safe.
 *
 * @param phase how far the capture is
 * @param place the slot; {@link CapturePlace#NONE} before there is one
 * @param tables the tables
 * @param ranges how many ranges there are in all
 * @param unassigned splits that no reader has, the changes among them
 * @param read ranges that were read to their end
 * @param exported whether ranges are read in one moment, which a connection holds
 */
public record CaptureCheckpoint(
        Phase phase,
        CapturePlace place,
        List<TableName> tables,
        int ranges,
        List<CaptureSplit> unassigned,
        List<SnapshotSplit> read,
        boolean exported) {

    /** How far a capture is. */
    public enum Phase {
        /** Nothing was made yet. */
        NEW,
        /** Existing rows are read. */
        SNAPSHOT,
        /** Changes are read. */
        CHANGES
    }

    /** Before anything was made. */
    static final CaptureCheckpoint NOTHING =
            new CaptureCheckpoint(
                    Phase.NEW, CapturePlace.NONE, List.of(), 0, List.of(), List.of(), false);

    public CaptureCheckpoint {
        tables = List.copyOf(tables);
        unassigned = List.copyOf(unassigned);
        read = List.copyOf(read);
    }
}
