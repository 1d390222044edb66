// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.text.NearestMatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads {@link TableMeta} from the server's system tables. Thread-safe. */
public final class TableMetaReader {

    private final HttpTransport transport;

    /** A reader that asks over this transport. */
    public TableMetaReader(HttpTransport transport) {
        this.transport = transport;
    }

    /**
     * What the server says about the table.
     *
     * @throws VeloException {@code VELO-SCH-004} if it does not exist, with the nearest names; or
     *     the endpoint's failure
     */
    public TableMeta read(String database, String table) {
        Optional<TableMeta> meta = find(database, table);
        return meta.orElseThrow(() -> missing(database, table));
    }

    /**
     * The columns of a query's result, as a table without a key.
     *
     * @throws VeloException if the server does not take the query, or cannot be asked
     */
    public TableMeta describe(String database, String query) {
        try {
            List<ColumnMeta> columns =
                    transport.rows("DESCRIBE TABLE (" + query + ") FORMAT TabSeparated").stream()
                            .map(
                                    row ->
                                            new ColumnMeta(
                                                    row.get(0),
                                                    TypeParser.parse(row.get(1)),
                                                    "",
                                                    ""))
                            .toList();
            return new TableMeta(
                    database, "query", Engine.parse("Query"), columns, List.of(), "", "");
        } catch (IOException failure) {
            throw explain(failure, "The query");
        }
    }

    /** As {@link #read}, but nothing if the table does not exist. */
    public Optional<TableMeta> find(String database, String table) {
        String where = " WHERE database = " + Sql.text(database);
        try {
            List<List<String>> tables =
                    transport.rowsWithoutDatabase(
                            "SELECT engine, engine_full, sorting_key, partition_key, comment FROM"
                                    + " system.tables"
                                    + where
                                    + " AND name = "
                                    + Sql.text(table)
                                    + " FORMAT TabSeparated");
            if (tables.isEmpty()) {
                return Optional.empty();
            }
            List<List<String>> columns =
                    transport.rowsWithoutDatabase(
                            "SELECT name, type, default_kind, comment FROM system.columns"
                                    + where
                                    + " AND table = "
                                    + Sql.text(table)
                                    + " ORDER BY position FORMAT TabSeparated");
            return Optional.of(meta(database, table, tables.get(0), columns));
        } catch (IOException failure) {
            throw explain(failure, "Reading the columns of " + database + "." + table);
        }
    }

    /** The databases that this user sees, sorted. */
    public List<String> databases() {
        return names("SELECT name FROM system.databases ORDER BY name FORMAT TabSeparated");
    }

    /** The tables of a database that this user sees, sorted. */
    public List<String> tables(String database) {
        return names(
                "SELECT name FROM system.tables WHERE NOT is_temporary AND database = "
                        + Sql.text(database)
                        + " ORDER BY name FORMAT TabSeparated");
    }

    /** The values of a table's partition key, as the server prints them, in their order. */
    public List<String> partitions(String database, String table) {
        return names(
                "SELECT partition FROM system.parts WHERE active AND database = "
                        + Sql.text(database)
                        + " AND table = "
                        + Sql.text(table)
                        + " GROUP BY partition ORDER BY min(partition_id) FORMAT TabSeparated");
    }

    private List<String> names(String sql) {
        try {
            return transport.rowsWithoutDatabase(sql).stream().map(row -> row.get(0)).toList();
        } catch (IOException failure) {
            throw explain(failure, "Listing names");
        }
    }

    private static TableMeta meta(
            String database, String table, List<String> head, List<List<String>> columns) {
        String engineText = head.get(1).isEmpty() ? head.get(0) : head.get(1);
        return new TableMeta(
                database,
                table,
                Engine.parse(engineText),
                columns.stream()
                        .map(
                                row ->
                                        new ColumnMeta(
                                                row.get(0),
                                                TypeParser.parse(row.get(1)),
                                                row.get(2),
                                                row.get(3)))
                        .toList(),
                KeyText.parts(head.get(2)),
                head.get(3),
                head.get(4));
    }

    private VeloException missing(String database, String table) {
        Optional<VeloException> denied = denied(database, table);
        if (denied.isPresent()) {
            return denied.get();
        }
        List<String> databases = databases();
        if (!databases.contains(database)) {
            return Problem.of(
                            ErrorCode.SCHEMA_NO_TABLE,
                            "ClickHouse has no database '" + database + "'.")
                    .at(transport.target().place())
                    .remedy(nearest(database, databases) + "Create it, or correct the path.")
                    .toException();
        }
        return Problem.of(
                        ErrorCode.SCHEMA_NO_TABLE,
                        "Database '" + database + "' has no table '" + table + "'.")
                .at(transport.target().place())
                .remedy(
                        nearest(table, tables(database))
                                + "Create it, correct 'table', or write with auto_create=true.")
                .toException();
    }

    /** A table that the user may not see looks as if it were missing: the server knows better. */
    private Optional<VeloException> denied(String database, String table) {
        try {
            transport.rowsWithoutDatabase("DESCRIBE TABLE " + Sql.table(database, table));
        } catch (ServerFailure failure) {
            if (failure.code() == ServerFailure.ACCESS_DENIED) {
                return Optional.of(explain(failure, "Reading " + database + "." + table));
            }
        } catch (IOException failure) {
            return Optional.of(explain(failure, "Reading " + database + "." + table));
        }
        return Optional.empty();
    }

    private static String nearest(String name, List<String> candidates) {
        String question = NearestMatch.question(name, candidates);
        return question.isEmpty() ? "" : question.trim() + " ";
    }

    private VeloException explain(IOException failure, String what) {
        return Explanation.of(failure, what, transport.host(), transport.target().place());
    }
}
