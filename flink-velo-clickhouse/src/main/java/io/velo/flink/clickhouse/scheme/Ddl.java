// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.option.DefinitionOptions;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.sink.NewTable;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.DdlScheme.DropBehavior;
import io.velo.flink.common.scheme.TableRequest;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.TableChange;

/** Statements that create, alter and drop what a server has, each sent once. For one thread. */
final class Ddl {

    private final TableRequest request;
    private final RequestedTable requested;
    private final OnCluster servers;
    private final HttpTransport transport;

    Ddl(TableRequest request) {
        this.request = request;
        this.requested = RequestedTable.of(request);
        this.servers =
                new OnCluster(request.options().find(DefinitionOptions.ON_CLUSTER).orElse(""));
        this.transport = new HttpTransport(requested.target());
    }

    void createDatabase(String database, CatalogDatabase definition) {
        if (!definition.getProperties().isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_CATALOG,
                            "A ClickHouse database has no properties: "
                                    + String.join(", ", definition.getProperties().keySet())
                                    + ".")
                    .at(requested.target().place())
                    .remedy("Remove WITH (…) from CREATE DATABASE.")
                    .toException();
        }
        String comment = definition.getComment();
        boolean commented = comment != null && !comment.isEmpty();
        change(
                "CREATE DATABASE "
                        + Sql.name(database)
                        + servers.clause()
                        + (commented ? " COMMENT " + Sql.text(comment) : ""),
                "Creating database " + database);
    }

    void dropDatabase(String database, DropBehavior behavior) {
        String what = "Dropping database " + database;
        String tables = "SELECT count() FROM system.tables WHERE database = " + Sql.text(database);
        if (behavior == DropBehavior.RESTRICT && !run(tables, what).get(0).get(0).equals("0")) {
            throw Problem.of(ErrorCode.SCHEMA_CATALOG, "Database '" + database + "' is not empty.")
                    .at(requested.target().place())
                    .remedy("Drop what it holds, or write DROP DATABASE … CASCADE.")
                    .toException();
        }
        change("DROP DATABASE " + Sql.name(database) + servers.clause(), what);
    }

    String comment(String database) {
        List<List<String>> rows =
                run(
                        "SELECT comment FROM system.databases WHERE name = " + Sql.text(database),
                        "Describing database " + database);
        return rows.isEmpty() ? "" : rows.get(0).get(0);
    }

    void createTable() {
        change(
                NewTable.statement(request, requested.target(), requested.table()),
                "Creating table " + title());
    }

    void alterTable(List<TableChange> changes) {
        if (!changes.isEmpty()) {
            String comment = request.table().getComment();
            change(
                    AlterTable.statement(table(), servers, comment, changes),
                    "Altering table " + title());
        }
    }

    void renameTable(String newName) {
        String renamed = Sql.table(requested.target().database(), newName);
        change(
                "RENAME TABLE " + table() + " TO " + renamed + servers.clause(),
                "Renaming table " + title());
    }

    void dropTable() {
        change("DROP TABLE " + table() + servers.clause(), "Dropping table " + title());
    }

    private String table() {
        return Sql.table(requested.target().database(), requested.table());
    }

    private String title() {
        return requested.target().database() + "." + requested.table();
    }

    private void change(String statement, String what) {
        try {
            servers.run(transport.target(), what, statement);
        } catch (IOException failure) {
            throw Explanation.of(failure, what, transport.host(), transport.target().place());
        }
    }

    private List<List<String>> run(String statement, String what) {
        try {
            return transport.rowsWithoutDatabase(statement, transport.target().settings());
        } catch (IOException failure) {
            throw Explanation.of(failure, what, transport.host(), transport.target().place());
        }
    }
}
