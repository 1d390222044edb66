// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.replication.Preconditions;
import io.velo.flink.postgres.cdc.replication.SlotState;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Checks whether a capture can work, and how far its slot is. Makes nothing. Not thread-safe. */
final class CaptureProbe {

    private final CaptureSettings settings;

    CaptureProbe(CaptureRequest request) {
        this.settings = request.settings(request.columns(), List.of(), Set.of());
    }

    /** Everything that stands in the way, as an error; otherwise what is captured. */
    String preconditions(PostgresSession session) {
        try {
            List<TableName> tables = Preconditions.tryTables(session, settings);
            new Preconditions(session, settings).tryRequire(tables);
            return tables.size() == 1 ? tables.get(0).toString() : tables.size() + " tables";
        } catch (SQLException e) {
            throw StatementFailure.describe(e, settings.database(), "checking a change capture");
        }
    }

    /** How much of the log the slot holds back, and how far behind it is. */
    String slot(PostgresSession session) {
        String slot = settings.slot().slot();
        try {
            return SlotState.tryRead(session, slot)
                    .map(
                            state ->
                                    slot
                                            + (state.active() ? " in use, " : " not in use, ")
                                            + state.lagBytes()
                                            + " bytes behind, holds back "
                                            + state.retainedBytes()
                                            + " bytes of the log ("
                                            + state.walStatus()
                                            + ")")
                    .orElse(slot + " is not there yet");
        } catch (SQLException e) {
            throw StatementFailure.describe(e, settings.database(), "looking at slot " + slot);
        }
    }
}
