// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lists the tables of a database and suggests one for a name that does not exist. Not thread-safe,
 * because the session is not.
 */
public final class TableNames {

    private static final int SHOWN = 20;
    private static final int MOST = 10_000;

    /** Partitions are left out: their table shows all of them. */
    private static final String QUERY =
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"
                    + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'"
                    + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\" LIMIT ?";

    private final PostgresSession session;

    /** Names of the database of this session, which stays open. */
    public TableNames(PostgresSession session) {
        this.session = session;
    }

    /** All tables, views, materialized views and foreign tables of the users, sorted. */
    public List<TableName> all() throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(QUERY)) {
            statement.setInt(1, MOST);
            try (ResultSet result = statement.executeQuery()) {
                List<TableName> names = new ArrayList<>();
                while (result.next()) {
                    names.add(TableName.of(result.getString(1), result.getString(2)));
                }
                return names;
            }
        }
    }

    /** The error for a table that does not exist. */
    VeloException missing(TableName wanted) throws SQLException {
        List<TableName> names = all();
        List<String> sameName =
                names.stream()
                        .filter(name -> name.table().equals(wanted.table()))
                        .map(TableName::toString)
                        .toList();
        String question =
                sameName.isEmpty()
                        ? NearestMatch.question(wanted.toString(), texts(names))
                        : " There is " + String.join(", ", sameName) + ".";
        return Problem.of(
                        ErrorCode.SCHEMA_NO_TABLE,
                        "PostgreSQL has no table '"
                                + wanted.table()
                                + "' in schema '"
                                + wanted.schema()
                                + "'."
                                + question)
                .at(session.settings().place())
                .remedy(
                        "Names are taken as written, upper and lower case too. "
                                + candidates(names))
                .toException();
    }

    /** The error for a URI that names no table. */
    public VeloException unnamed() throws SQLException {
        return Problem.of(ErrorCode.URI_NO_OBJECT, "The URI names a database, but no table in it.")
                .at(session.settings().place())
                .remedy("Add ?table=name or ?table=schema.name. " + candidates(all()))
                .toException();
    }

    private static String candidates(List<TableName> names) {
        if (names.isEmpty()) {
            return "The database has no tables.";
        }
        String shown =
                names.stream()
                        .limit(SHOWN)
                        .map(TableName::toString)
                        .collect(Collectors.joining(", "));
        int more = names.size() - SHOWN;
        return "There are: " + shown + (more > 0 ? " and " + more + " more." : ".");
    }

    private static List<String> texts(List<TableName> names) {
        return names.stream().map(TableName::toString).toList();
    }
}
