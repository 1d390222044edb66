// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Relation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * What the meaning of a condition depends on besides the types of the columns. Immutable, therefore
 * thread-safe.
 *
 * @param isUtf8 whether the database stores UTF-8, so that any text can be sent and the collation C
 *     orders by its bytes
 * @param deterministic the columns of a table whose collation says that equal texts have the same
 *     bytes; of a query nothing is known
 */
public record ServerFacts(boolean isUtf8, Set<Identifier> deterministic) {

    private static final String COLLATIONS =
            "SELECT a.attname FROM pg_catalog.pg_attribute a"
                    + " JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation"
                    + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0"
                    + " AND l.collisdeterministic";

    public ServerFacts {
        deterministic = Set.copyOf(deterministic);
    }

    /** The facts of a relation. */
    public static ServerFacts of(PostgresSession session, Relation relation) throws SQLException {
        String encoding =
                session.texts("SELECT pg_catalog.current_setting('server_encoding')").get(0);
        Set<Identifier> deterministic = new HashSet<>();
        if (relation.table().isPresent()) {
            try (PreparedStatement statement = session.connection().prepareStatement(COLLATIONS)) {
                statement.setString(1, relation.table().get().schema().name());
                statement.setString(2, relation.table().get().table().name());
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        deterministic.add(Identifier.of(result.getString(1)));
                    }
                }
            }
        }
        return new ServerFacts(encoding.equals("UTF8"), deterministic);
    }
}
