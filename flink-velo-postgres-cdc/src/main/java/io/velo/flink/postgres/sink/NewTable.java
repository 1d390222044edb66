// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.codec.ColumnTypes;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.RowType;

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
                        .map(NewTable::column)
                        .collect(Collectors.joining(", "));
        String key =
                target.key().stream()
                        .map(i -> target.columns().getFieldNames().get(i))
                        .map(name -> Identifier.of(name).quoted())
                        .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS "
                + target.table().quoted()
                + " ("
                + columns
                + (key.isEmpty() ? "" : ", PRIMARY KEY (" + key + ")")
                + ")";
    }

    private static String column(RowType.RowField field) {
        return Identifier.of(field.getName()).quoted()
                + " "
                + ColumnTypes.of(field.getName(), field.getType())
                + (field.getType().isNullable() ? "" : " NOT NULL");
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
