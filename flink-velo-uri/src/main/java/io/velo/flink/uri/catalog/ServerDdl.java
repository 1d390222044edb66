// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.DdlScheme;
import io.velo.flink.common.scheme.DdlScheme.DropBehavior;
import io.velo.flink.common.scheme.TableRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * Statements that create, alter and drop what the server of a catalog keeps. Whether the object
 * exists is asked before, by the catalog, and again here when a statement failed: somebody else may
 * have been faster. Not thread-safe.
 */
final class ServerDdl {

    private final String catalog;
    private final ServerTables server;
    private final UriTables tables;

    ServerDdl(String catalog, ServerTables server, UriTables tables) {
        this.catalog = catalog;
        this.server = server;
        this.tables = tables;
    }

    /** Whether the scheme of the server takes such statements. */
    boolean isOffered() {
        return server.scheme() instanceof DdlScheme;
    }

    void createDatabase(String database, CatalogDatabase definition, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        try {
            scheme().createDatabase(server.server(), database, definition);
        } catch (VeloException e) {
            if (!existsDatabase(database, e)) {
                throw e;
            }
            if (!ignoreIfExists) {
                throw new DatabaseAlreadyExistException(catalog, database, e);
            }
        }
    }

    void dropDatabase(String database, boolean cascade) throws DatabaseNotEmptyException {
        DdlScheme scheme = scheme();
        if (!cascade && !server.tables(database).isEmpty()) {
            throw new DatabaseNotEmptyException(catalog, database);
        }
        scheme.dropDatabase(
                server.server(), database, cascade ? DropBehavior.CASCADE : DropBehavior.RESTRICT);
        tables.forgetAll();
    }

    void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException {
        TableRequest request = definition(path, table);
        try {
            scheme().createTable(request);
        } catch (VeloException e) {
            if (!existsTable(path, e)) {
                throw e;
            }
            if (!ignoreIfExists) {
                throw new TableAlreadyExistException(catalog, path, e);
            }
        } finally {
            tables.forgetAll();
        }
    }

    /** The sink of a table that a query creates as a whole, if the scheme has one. */
    Optional<DynamicTableSink> stagedSink(ObjectPath path, CatalogBaseTable table) {
        tables.forgetAll();
        return scheme().stagedSink(definition(path, table));
    }

    private TableRequest definition(ObjectPath path, CatalogBaseTable table) {
        ResolvedCatalogTable definition = DefinitionCheck.of(scheme()).table(table);
        Map<String, String> options = new LinkedHashMap<>(server.tableOptions(path));
        options.putAll(definition.getOptions());
        return tables.request(path, options, definition);
    }

    void alterTable(ObjectPath path, CatalogBaseTable table, List<TableChange> changes) {
        DdlScheme scheme = scheme();
        DefinitionCheck check = DefinitionCheck.of(scheme);
        check.changes(changes);
        ResolvedCatalogTable altered = check.resolved(table);
        try {
            scheme.alterTable(tables.request(path, altered.getOptions(), altered), changes);
        } finally {
            tables.forgetAll();
        }
    }

    void renameTable(ObjectPath path, String newName) throws TableAlreadyExistException {
        DdlScheme scheme = scheme();
        ObjectPath renamed = new ObjectPath(path.getDatabaseName(), newName);
        if (server.has(renamed)) {
            throw new TableAlreadyExistException(catalog, renamed);
        }
        scheme.renameTable(existing(path), newName);
        tables.forgetAll();
    }

    void dropTable(ObjectPath path) {
        scheme().dropTable(existing(path));
        tables.forgetAll();
    }

    private TableRequest existing(ObjectPath path) {
        return tables.request(path, server.tableOptions(path));
    }

    private DdlScheme scheme() {
        if (server.scheme() instanceof DdlScheme scheme) {
            return scheme;
        }
        throw Capability.DDL.refusal(server.scheme().spec().name()).toException();
    }

    /** The statement's own error is the one to show if the server cannot be asked any more. */
    private boolean existsDatabase(String database, VeloException failure) {
        try {
            return server.hasDatabase(database);
        } catch (VeloException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private boolean existsTable(ObjectPath path, VeloException failure) {
        try {
            return server.has(path);
        } catch (VeloException e) {
            failure.addSuppressed(e);
            return false;
        }
    }
}
