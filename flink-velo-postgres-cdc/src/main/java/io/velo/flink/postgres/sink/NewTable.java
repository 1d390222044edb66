// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.ddl.ColumnDefinition;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the target table if it is missing. Stateless, therefore thread-safe. */
public final class NewTable {

    /** Any number that others do not use: two writers must not make a table at once. */
    private static final long LOCK = 0x76656c6f5f6e74L;

    private NewTable() {}

    /**
     * The statement that makes the table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if a column has a type
     *     that PostgreSQL has not
     */
    public static String statement(WriteTarget target) {
        String columns =
                target.columns().getFields().stream()
                        .map(field -> ColumnDefinition.of(field.getName(), field.getType()))
                        .collect(Collectors.joining(", "));
        List<String> key =
                target.key().stream().map(i -> target.columns().getFieldNames().get(i)).toList();
        return "CREATE TABLE IF NOT EXISTS "
                + target.table().quoted()
                + " ("
                + columns
                + (key.isEmpty() ? "" : ", " + ColumnDefinition.primaryKey(key))
                + ")";
    }

    /** Makes the table if it is missing, and commits. */
    static void make(PostgresSession session, WriteTarget target) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(statement(target));
        }
        session.connection().commit();
    }
}
