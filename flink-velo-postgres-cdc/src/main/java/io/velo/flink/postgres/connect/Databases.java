// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.sql.SQLException;
import java.util.List;

/** Lists the databases of a server. Stateless, therefore thread-safe. */
public final class Databases {

    private static final String QUERY =
            "SELECT datname FROM pg_catalog.pg_database"
                    + " WHERE datallowconn AND NOT datistemplate ORDER BY datname";

    private Databases() {}

    /** The names of all databases that take connections, sorted. */
    public static List<String> of(PostgresSession session) throws SQLException {
        return session.texts(QUERY);
    }
}
