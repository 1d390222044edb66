// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements about all rows of a table, run by the client. Stateless, therefore thread-safe. */
public final class WholeTable {

    private WholeTable() {}

    /**
     * Removes all rows by TRUNCATE, which refuses a table that others refer to.
     *
     * @throws RuntimeException if the server cannot be reached or refuses
     */
    public static void truncate(WriteTarget target) {
        run(target, "TRUNCATE TABLE " + target.table().quoted());
    }

    /**
     * Deletes all rows.
     *
     * @return how many there were
     * @throws RuntimeException if the server cannot be reached or refuses
     */
    public static long delete(WriteTarget target) {
        return run(target, "DELETE FROM " + target.table().quoted());
    }

    private static long run(WriteTarget target, String sql) {
        try (PostgresSession session =
                        PostgresSession.open(target.settings(), SessionPurpose.WRITE);
                Statement statement = session.connection().createStatement()) {
            return statement.executeLargeUpdate(sql);
        } catch (SQLException e) {
            throw WriteFailure.of(e, target, true);
        }
    }
}
