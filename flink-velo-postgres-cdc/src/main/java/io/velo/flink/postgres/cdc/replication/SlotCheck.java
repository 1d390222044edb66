// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Checks before changes are read whether the slot still has everything behind a position. The
 * server itself would pass over what is missing without a word. Stateless, therefore thread-safe.
 */
public final class SlotCheck {

    private SlotCheck() {}

    /**
     * Requires the slot to have everything behind the position, before it is read.
     *
     * @throws SlotLost with what happened and what to do
     */
    public static void tryRequire(PostgresSession session, CapturePlace place, long position)
            throws SQLException {
        check(session, place, Optional.of(position));
    }

    /**
     * Requires the same of a slot that is being read: nobody else can move it any more, so that
     * what is true now stays true.
     *
     * @param reader the process that reads it
     * @throws SlotLost with what happened and what to do
     */
    public static void tryRequireHeld(
            PostgresSession session, CapturePlace place, long position, String reader)
            throws SQLException {
        String holder = check(session, place, Optional.of(position));
        if (!reader.equals(holder)) {
            // The two connections ended up on different servers, in the middle of a failover.
            throw new SQLException("another server answers than the one that sends", "08006");
        }
    }

    /**
     * Requires the slot to be there and valid on a server with the same data, before something is
     * done for the sake of its changes.
     *
     * @throws SlotLost with what happened and what to do
     */
    public static void tryRequireThere(PostgresSession session, CapturePlace place)
            throws SQLException {
        try (PostgresSession replication =
                PostgresSession.tryOpen(session.settings(), SessionPurpose.REPLICATION)) {
            Timeline.tryRead(replication).requireSameData(session, place);
        }
        // Whatever it was confirmed up to is good enough: how far was read is known elsewhere.
        check(session, place, Optional.empty());
    }

    /** Checks the slot; the process that reads it, or an empty text. */
    private static String check(
            PostgresSession session, CapturePlace place, Optional<Long> position)
            throws SQLException {
        String query =
                "SELECT s.confirmed_flush_lsn::text, s.wal_status,"
                        + " coalesce(pg_catalog.to_jsonb(s)->>'invalidation_reason', ''),"
                        + " pg_catalog.pg_is_in_recovery(),"
                        + " CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL"
                        + " ELSE pg_catalog.pg_current_wal_lsn()::text END,"
                        + " coalesce(s.active_pid::text, ''),"
                        + " s.database = pg_catalog.current_database()"
                        + " FROM pg_catalog.pg_replication_slots s WHERE s.slot_name = "
                        + Quoting.literal(place.slot());
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw SlotLost.of(
                        session, place, "The slot '" + place.slot() + "' does not exist.");
            }
            if (result.getBoolean(4)) {
                throw new SQLException("the server is a standby", "25006");
            }
            if (!result.getBoolean(7)) {
                throw SlotLost.of(
                                session,
                                place,
                                "The slot '" + place.slot() + "' is one of another database.")
                        .failure();
            }
            if ("lost".equals(result.getString(2)) || !result.getString(3).isEmpty()) {
                throw SlotLost.of(
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
            if (position.isPresent()) {
                requireBehind(session, place, Lsn.of(result.getString(1)), position.get());
                requireReached(session, place, result.getString(5), position.get());
            }
            return result.getString(6);
        }
    }

    private static void requireBehind(
            PostgresSession session, CapturePlace place, long confirmed, long position) {
        if (Long.compareUnsigned(confirmed, position) > 0) {
            throw SlotLost.of(
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

    private static void requireReached(
            PostgresSession session, CapturePlace place, String current, long position) {
        if (Long.compareUnsigned(Lsn.of(current), position) < 0) {
            throw SlotLost.of(
                    session,
                    place,
                    "The server is at "
                            + current
                            + ", behind what this job has read ("
                            + Lsn.text(position)
                            + "): it has lost changes, perhaps in a failover.");
        }
    }
}
