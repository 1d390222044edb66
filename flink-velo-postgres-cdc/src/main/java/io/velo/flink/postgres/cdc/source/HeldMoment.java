// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.SnapshotHolder;
import java.util.Optional;

/**
 * The one moment in which all ranges are read, where a connection holds it. Used by the
 * coordinator's thread.
 */
final class HeldMoment implements AutoCloseable {

    private Optional<SnapshotHolder> holder = Optional.empty();

    /** A moment that a connection of the process before held is gone. */
    static void requireNotGone(CaptureSettings settings, CaptureState state) {
        if (!state.needsHolder()) {
            return;
        }
        throw PermanentFailure.orPassing(
                Problem.of(
                                ErrorCode.IO_NOT_RESUMABLE,
                                "The one moment in which "
                                        + state.tables().names()
                                        + " was read is gone with the process that held it.")
                        .at(settings.database().place())
                        .remedy(
                                (state.resumes()
                                                ? "Restore the savepoint from before tables were"
                                                        + " added: nothing of it is lost."
                                                : "Start the job without its state, which reads"
                                                        + " the table again.")
                                        + " A table with a PRIMARY KEY, snapshot_strategy=key and"
                                        + " snapshot_consistency=chunk go on by themselves.")
                        .toException());
    }

    /** This moment is held from now on, if there is one. */
    void hold(Optional<SnapshotHolder> made) {
        holder = made;
    }

    /** Lets the moment go. */
    @Override
    public void close() {
        holder.ifPresent(SnapshotHolder::close);
        holder = Optional.empty();
    }
}
