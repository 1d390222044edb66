// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.SlotSettings;
import io.velo.flink.postgres.cdc.replication.CapturePlace;

/**
 * Whether a job can go on from a state that another choice of options has left. Stateless,
 * therefore thread-safe.
 */
final class StateCheck {

    private StateCheck() {}

    /** Whether other tables are asked for than those that the state was made for. */
    static boolean asksForOthers(CaptureSettings settings, KnownTables tables) {
        return !tables.asked().equals(settings.tables().asked());
    }

    /**
     * Requires that the job can go on from the state.
     *
     * @throws VeloException {@code VELO-IO-007} with the option that was changed and what to do
     */
    static void require(CaptureSettings settings, CaptureCheckpoint state) {
        CapturePlace place = state.place();
        boolean hasSlot = !place.slot().isEmpty();
        if (settings.readsChanges() != hasSlot) {
            throw refused(
                    settings,
                    "The state is one of a capture that "
                            + (hasSlot ? "reads changes" : "has no slot")
                            + ", and scan_startup was changed since.",
                    "Set scan_startup as it was, or start the job without its state.");
        }
        if (hasSlot) {
            names(settings, place);
        }
        if (!asksForOthers(settings, state.tables())) {
            return;
        }
        if (!settings.layout().envelope() || state.tables().asked().startsWith("table ")) {
            throw refused(
                    settings,
                    "The state is of "
                            + state.tables().asked()
                            + ", and the job captures "
                            + settings.tables().asked()
                            + " now.",
                    "Capture what was captured, or start the job without its state.");
        }
        if (state.phase() == CaptureCheckpoint.Phase.SNAPSHOT) {
            throw refused(
                    settings,
                    "The tables to capture were changed while existing rows are still read.",
                    "Restore the job with "
                            + state.tables().asked()
                            + " until chunksDone is chunksTotal and slotLagBytes falls; then take"
                            + " a savepoint and change them.");
        }
    }

    private static void names(CaptureSettings settings, CapturePlace place) {
        SlotSettings slot = settings.slot();
        if (!slot.ownName() && !slot.slot().equals(place.slot())) {
            throw refused(
                    settings,
                    "The state is of slot '"
                            + place.slot()
                            + "', and slot_name="
                            + slot.slot()
                            + " is another one.",
                    "Set slot_name=" + place.slot() + ", or start the job without its state.");
        }
        boolean derived = slot.ownName() && slot.publication().equals(slot.slot());
        if (!derived && !slot.publication().equals(place.publication())) {
            throw refused(
                    settings,
                    "The state is of publication '"
                            + place.publication()
                            + "', and publication '"
                            + slot.publication()
                            + "' is another one.",
                    "Set publication_name="
                            + place.publication()
                            + ", or start the job without its state.");
        }
    }

    private static VeloException refused(CaptureSettings settings, String sentence, String help) {
        return Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                .at(settings.database().place())
                .remedy(help)
                .toException();
    }
}
