// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import java.util.List;

/** Lists the schemas of a database. Stateless, therefore thread-safe. */
public final class SchemaNames {

    private static final String QUERY =
            "SELECT nspname FROM pg_catalog.pg_namespace"
                    + " WHERE nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " AND nspname NOT LIKE 'pg\\_toast%' AND nspname NOT LIKE 'pg\\_temp%'"
                    + " ORDER BY nspname COLLATE \"C\"";

    private SchemaNames() {}

    /** The names of the schemas of the users, sorted. */
    public static List<String> of(PostgresSession session) throws SQLException {
        return session.texts(QUERY);
    }
}
