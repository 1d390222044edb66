// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.testkit.tpch.TpchColumn;
import io.velo.flink.testkit.tpch.TpchTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Puts the tables of TPC-H into a PostgreSQL database. */
public final class TpchDatabase {

    private TpchDatabase() {}

    /** Makes, fills and analyzes all tables, with primary keys. */
    public static void load(TestDatabase database, double scale) throws SQLException, IOException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (TpchTable table : TpchTable.values()) {
                statement.execute(
                        "CREATE TABLE "
                                + table.tableName()
                                + " ("
                                + table.declaration(TpchDatabase::type)
                                + ")");
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY " + table.tableName() + " FROM STDIN (DELIMITER '|')",
                                table.data(scale));
                statement.execute(
                        "ALTER TABLE "
                                + table.tableName()
                                + " ADD PRIMARY KEY ("
                                + String.join(", ", table.key())
                                + ")");
            }
            // Without it PostgreSQL itself takes a minute for each of two queries.
            statement.execute("CREATE INDEX ON lineitem (l_partkey, l_suppkey)");
            statement.execute("ANALYZE");
        }
    }

    private static String type(TpchColumn column) {
        return switch (column.type()) {
            case LONG -> "bigint";
            case INT -> "integer";
            case DECIMAL -> "numeric(15,2)";
            case DATE -> "date";
            case TEXT -> "varchar(199)";
        };
    }
}
