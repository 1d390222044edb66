// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.util.List;
import java.util.Optional;

/**
 * What the enumerator must remember. Immutable, therefore thread-safe.
 *
 * @param phase how far the capture is
 * @param place the slot; {@link CapturePlace#NONE} before there is one
 * @param tables the tables
 * @param epoch what the names of these ranges begin with: those of earlier ones begin otherwise
 * @param ranges how many ranges there are in all
 * @param unassigned splits that no reader has, the changes among them
 * @param read ranges that were read to their end
 * @param exported whether ranges are read in one moment, which a connection holds
 * @param resumes whether changes go on behind the ranges from where they were read to before
 * @param held those changes, if a reader has given them back
 * @param estimatedRows about how many rows the ranges have, or -1 if that is not known
 */
public record CaptureCheckpoint(
        Phase phase,
        CapturePlace place,
        KnownTables tables,
        String epoch,
        int ranges,
        List<CaptureSplit> unassigned,
        List<SnapshotSplit> read,
        boolean exported,
        boolean resumes,
        Optional<StreamSplit> held,
        long estimatedRows) {

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
                    Phase.NEW,
                    CapturePlace.NONE,
                    KnownTables.NONE,
                    "",
                    0,
                    List.of(),
                    List.of(),
                    false,
                    false,
                    Optional.empty(),
                    0);

    public CaptureCheckpoint {
        unassigned = List.copyOf(unassigned);
        read = List.copyOf(read);
    }
}
