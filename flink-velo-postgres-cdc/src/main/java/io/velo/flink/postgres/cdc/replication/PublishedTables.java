// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables under whose names a publication gives changes. Stateless, therefore thread-safe. */
public final class PublishedTables {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedTables.class);

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
            throw lost(session, place, missing);
        }
    }

    /**
     * Requires the same of those captured tables that were not dropped. A missing one counts as
     * dropped if nothing has its name or the number that the server gave it: one that was renamed
     * keeps its number, and its changes come under its new name.
     *
     * @param tables the captured tables with their numbers
     * @return the tables that were dropped
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-007} with those that are not
     *     published and may be there, or if none is published any more
     */
    public static Set<TableName> tryRequireUndropped(
            PostgresSession session, CapturePlace place, Map<TableName, Integer> tables)
            throws SQLException {
        Map<TableName, Integer> left = new LinkedHashMap<>(tables);
        left.keySet().removeAll(tryRead(session, place.publication()));
        Set<TableName> missing = left.keySet();
        if (missing.isEmpty()) {
            return missing;
        }
        if (missing.size() == tables.size() || exists(session, left)) {
            throw lost(session, place, missing);
        }
        LOG.warn(
                "Tables {} of publication '{}' were dropped; the other tables are read on.",
                missing,
                place.publication());
        return missing;
    }

    /** Whether something has one of these names or numbers. */
    private static boolean exists(PostgresSession session, Map<TableName, Integer> tables)
            throws SQLException {
        String query =
                "SELECT pg_catalog.to_regclass(?) IS NOT NULL OR EXISTS (SELECT 1 FROM"
                        + " pg_catalog.pg_class WHERE oid = ?::pg_catalog.int8::pg_catalog.oid)";
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            for (Map.Entry<TableName, Integer> table : tables.entrySet()) {
                statement.setString(1, table.getKey().quoted());
                statement.setLong(2, Integer.toUnsignedLong(table.getValue()));
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    if (result.getBoolean(1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static VeloException lost(
            PostgresSession session, CapturePlace place, Collection<TableName> missing) {
        return Problem.of(
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
