// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Checks before changes are read whether the slot still has everything behind a position. The
 * server itself would pass over what is missing without a word. Stateless, therefore thread-safe.
 */
public final class SlotCheck {

    private SlotCheck() {}

    /**
     * Requires the slot to have everything behind the position.
     *
     * @throws VeloException {@code VELO-IO-007} with what happened and what to do
     */
    public static void tryRequire(PostgresSession session, CapturePlace place, long position)
            throws SQLException {
        String query =
                "SELECT s.confirmed_flush_lsn::text, s.wal_status,"
                        + " coalesce(pg_catalog.to_jsonb(s)->>'invalidation_reason', ''),"
                        + " pg_catalog.pg_is_in_recovery(),"
                        + " CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL"
                        + " ELSE pg_catalog.pg_current_wal_lsn()::text END"
                        + " FROM pg_catalog.pg_replication_slots s WHERE s.slot_name = "
                        + Quoting.literal(place.slot());
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw lost(session, place, "The slot '" + place.slot() + "' does not exist.");
            }
            if (result.getBoolean(4)) {
                throw new SQLException("the server is a standby", "25006");
            }
            if ("lost".equals(result.getString(2)) || !result.getString(3).isEmpty()) {
                throw lost(
                        session,
                        place,
                        "The server has invalidated slot '"
                                + place.slot()
                                + "' ("
                                + (result.getString(3).isEmpty()
                                        ? "wal_removed"
                                        : result.getString(3))
                                + ").");
            }
            requireBehind(session, place, Lsn.of(result.getString(1)), position);
            if (Long.compareUnsigned(Lsn.of(result.getString(5)), position) < 0) {
                throw lost(
                        session,
                        place,
                        "The server is at "
                                + result.getString(5)
                                + ", behind what this job has read ("
                                + Lsn.text(position)
                                + "): it has lost changes, perhaps in a failover.");
            }
        }
    }

    private static void requireBehind(
            PostgresSession session, CapturePlace place, long confirmed, long position) {
        if (Long.compareUnsigned(confirmed, position) > 0) {
            throw lost(
                    session,
                    place,
                    "Slot '"
                            + place.slot()
                            + "' is at "
                            + Lsn.text(confirmed)
                            + ", ahead of this checkpoint ("
                            + Lsn.text(position)
                            + "): "
                            + (confirmed - position)
                            + " bytes of changes between are gone.");
        }
    }

    /** Requires the server to hold the same data as when the slot was made. */
    static void requireSystem(PostgresSession session, CapturePlace place, String found) {
        if (!place.systemId().equals(found)) {
            throw lost(
                    session,
                    place,
                    "The server holds other data (system identifier "
                            + found
                            + " instead of "
                            + place.systemId()
                            + ").");
        }
    }

    private static VeloException lost(
            PostgresSession session, CapturePlace place, String sentence) {
        return Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                .at(session.settings().place())
                .remedy(
                        "Restore a newer savepoint; or start the job without its state, which reads"
                                + " the tables again. A slot that is left: SELECT"
                                + " pg_drop_replication_slot("
                                + Quoting.literal(place.slot())
                                + ");")
                .toException();
    }
}
