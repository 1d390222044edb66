// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Lists the schemas of a database. Stateless, therefore thread-safe. */
public final class SchemaNames {

    private static final String QUERY =
            "SELECT nspname FROM pg_catalog.pg_namespace"
                    + " WHERE nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " AND nspname NOT LIKE 'pg\\_toast%' AND nspname NOT LIKE 'pg\\_temp%'"
                    + " ORDER BY nspname COLLATE \"C\"";

    private static final String COMMENT =
            "SELECT coalesce(pg_catalog.obj_description(oid, 'pg_namespace'), '')"
                    + " FROM pg_catalog.pg_namespace WHERE nspname = ?";

    private SchemaNames() {}

    /** What the server says about a schema, or an empty text. */
    public static String comment(PostgresSession session, String schema) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(COMMENT)) {
            statement.setString(1, schema);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : "";
            }
        }
    }

    /** The names of the schemas of the users, sorted. */
    public static List<String> of(PostgresSession session) throws SQLException {
        return session.texts(QUERY);
    }
}
