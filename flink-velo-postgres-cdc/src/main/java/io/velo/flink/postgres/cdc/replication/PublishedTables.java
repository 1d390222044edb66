// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables under whose names a publication gives changes. Stateless, therefore thread-safe. */
public final class PublishedTables {

    private PublishedTables() {}

    /** Their names; none if there is no such publication. */
    static Set<TableName> tryRead(PostgresSession session, String publication) throws SQLException {
        String query =
                "SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables"
                        + " WHERE pubname = ?";
        Set<TableName> names = new HashSet<>();
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            statement.setString(1, publication);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(TableName.of(result.getString(1), result.getString(2)));
                }
            }
        }
        return names;
    }

    /**
     * Requires that the captured tables are published still: the server leaves out the changes of
     * the others without a word.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-007} with those that are not
     */
    public static void tryRequire(
            PostgresSession session, CapturePlace place, List<TableName> tables)
            throws SQLException {
        List<TableName> missing = new ArrayList<>(tables);
        missing.removeAll(tryRead(session, place.publication()));
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "Publication '"
                                    + place.publication()
                                    + "' does not have "
                                    + missing
                                    + " any more: changes may be missing.")
                    .at(session.settings().place())
                    .remedy(
                            "Start the job without its state, which publishes and reads the tables"
                                    + " again.")
                    .toException();
        }
    }
}
