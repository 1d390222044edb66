// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.BaseConnection;

/** Describes the result of a query without running it. Not thread-safe. */
final class QueryReader {

    /** Stands for the query where a table has its name. */
    private static final TableName NAME = TableName.of("query", "result");

    private final Connection connection;

    QueryReader(PostgresSession session) {
        this.connection = session.connection();
    }

    /** The columns of the result; a query has no key and vouches for no NOT NULL. */
    TableInfo tryRead(Relation query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT * FROM " + query.quoted() + " AS t LIMIT 0")) {
            ResultSetMetaData columns = result.getMetaData();
            List<Integer> types = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String type = columns.getColumnTypeName(i);
                types.add(connection.unwrap(BaseConnection.class).getTypeInfo().getPGType(type));
            }
            TypeCatalog catalog = new TypeCatalog(connection);
            catalog.load(types);
            List<TableColumn> described = new ArrayList<>();
            for (int i = 1; i <= types.size(); i++) {
                int modifier = modifier(columns, i);
                int oid = types.get(i - 1);
                described.add(
                        new TableColumn(
                                Identifier.of(columns.getColumnLabel(i)),
                                catalog.type(oid, modifier, display(oid, modifier)),
                                false,
                                ""));
            }
            return new TableInfo(NAME, 0, RelationKind.VIEW, "", described, List.of());
        }
    }

    private String display(int oid, int modifier) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.format_type(?::oid, ?)")) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            statement.setInt(2, modifier);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    /** The driver keeps the modifier for itself and tells what it means. */
    private static int modifier(ResultSetMetaData columns, int column) throws SQLException {
        int precision = columns.getPrecision(column);
        switch (columns.getColumnType(column)) {
            case Types.NUMERIC:
                return precision == 0 ? -1 : (precision << 16 | columns.getScale(column)) + 4;
            case Types.BIT:
                return columns.getColumnTypeName(column).equals("bit") ? precision : -1;
            default:
                return -1;
        }
    }
}
