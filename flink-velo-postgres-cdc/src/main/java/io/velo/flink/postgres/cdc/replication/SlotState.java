// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A slot as the server shows it. Immutable, therefore thread-safe.
 *
 * @param active whether somebody reads it
 * @param retainedBytes how much of the log is kept for it
 * @param lagBytes how much of the log was written since what was acknowledged
 * @param safeBytes how much can still be written before it may be invalidated, or -1 for any amount
 * @param walStatus reserved, extended, unreserved or lost
 */
public record SlotState(
        boolean active, long retainedBytes, long lagBytes, long safeBytes, String walStatus) {

    /** The slot of this name, if there is one. */
    public static Optional<SlotState> tryRead(PostgresSession session, String slot)
            throws SQLException {
        String query =
                "SELECT active,"
                        + " coalesce(pg_catalog.pg_wal_lsn_diff("
                        + "pg_catalog.pg_current_wal_lsn(), restart_lsn), 0)::int8,"
                        + " coalesce(pg_catalog.pg_wal_lsn_diff("
                        + "pg_catalog.pg_current_wal_lsn(), confirmed_flush_lsn), 0)::int8,"
                        + " coalesce(safe_wal_size, -1), coalesce(wal_status, '')"
                        + " FROM pg_catalog.pg_replication_slots WHERE slot_name = "
                        + Quoting.literal(slot);
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                return Optional.empty();
            }
            return Optional.of(
                    new SlotState(
                            result.getBoolean(1),
                            result.getLong(2),
                            result.getLong(3),
                            result.getLong(4),
                            result.getString(5)));
        }
    }
}
