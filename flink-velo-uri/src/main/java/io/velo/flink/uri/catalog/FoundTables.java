// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.uri.config.ConfigFile;
import io.velo.flink.uri.config.EntryUri;
import io.velo.flink.uri.table.VeloTableFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;

/**
 * What a catalog finds under a name: a declared table, else what the name says as a URI, else a
 * named source of the config file, else a table of the server.
 */
abstract class FoundTables extends DeclaredTables {

    private final UriTables tables;
    private final Optional<ConfigFile> config;
    private final Optional<ServerTables> server;

    FoundTables(
            String name,
            String defaultDatabase,
            UriTables tables,
            Optional<ConfigFile> config,
            Optional<ServerTables> server,
            Optional<FileTableStore> store) {
        super(name, defaultDatabase, tables, store);
        this.tables = tables;
        this.config = config;
        this.server = server;
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (isDeclared(path)) {
            return super.getTable(path);
        }
        String name = path.getObjectName();
        if (VeloUri.looksLikeUri(name)) {
            return tables.discover(path, clean(Map.of("connector", "velo", "uri", name)));
        }
        if (isEntry(path)) {
            return tables.discover(path, entryOptions(name));
        }
        Optional<CatalogTable> remote =
                server.flatMap(tablesOfServer -> tablesOfServer.table(path));
        return remote.isPresent() ? remote.get() : super.getTable(path);
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        // A URI is no table of the catalog until somebody declares it: CREATE TABLE must go
        // through, and DROP must not.
        return isDeclared(path) || isEntry(path) || serverHas(path);
    }

    /** Tables that are not declared have no statistics here; Flink asks for them all the same. */
    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path)
            throws TableNotExistException {
        return isDeclared(path) ? super.getTableStatistics(path) : CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
            throws TableNotExistException {
        return isDeclared(path)
                ? super.getTableColumnStatistics(path)
                : CatalogColumnStatistics.UNKNOWN;
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        TreeSet<String> names = new TreeSet<>();
        if (isDeclaredDatabase(database)) {
            names.addAll(super.listTables(database));
        }
        if (database.equals(getDefaultDatabase())) {
            config.ifPresent(file -> names.addAll(file.names()));
        }
        server.ifPresent(tablesOfServer -> names.addAll(tablesOfServer.tables(database)));
        if (names.isEmpty() && !databaseExists(database)) {
            throw new DatabaseNotExistException(getName(), database);
        }
        return List.copyOf(names);
    }

    /** A database of the server alone has no views of Flink. */
    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        return isDeclaredDatabase(database) || !isOnServer(database)
                ? super.listViews(database)
                : List.of();
    }

    final boolean isEntry(ObjectPath path) {
        return path.getDatabaseName().equals(getDefaultDatabase())
                && config.map(file -> file.has(path.getObjectName())).orElse(false);
    }

    final boolean serverHas(ObjectPath path) {
        return server.map(tablesOfServer -> tablesOfServer.has(path)).orElse(false);
    }

    /** Declared tables, URIs and named sources hide a table of the server with the same name. */
    final boolean isOfServer(ObjectPath path) {
        return !isDeclared(path)
                && !VeloUri.looksLikeUri(path.getObjectName())
                && !isEntry(path)
                && serverHas(path);
    }

    private Map<String, String> entryOptions(String name) {
        EntryUri entry = EntryUri.of(name, config.orElseThrow().entry(name), registry());
        Map<String, String> options = new LinkedHashMap<>(entry.options());
        options.put("connector", VeloTableFactory.IDENTIFIER);
        options.put("uri", entry.uri());
        return clean(options);
    }

    @Override
    public List<String> listDatabases() {
        TreeSet<String> names = new TreeSet<>(super.listDatabases());
        server.ifPresent(tablesOfServer -> names.addAll(tablesOfServer.databases()));
        return List.copyOf(names);
    }

    @Override
    public boolean databaseExists(String database) {
        return isDeclaredDatabase(database) || isOnServer(database);
    }

    @Override
    public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
        return isDeclaredDatabase(database) || !isOnServer(database)
                ? super.getDatabase(database)
                : new CatalogDatabaseImpl(Map.of(), server.orElseThrow().databaseComment(database));
    }

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
            throws TableNotExistException, TableNotPartitionedException {
        if (!isOfServer(path)) {
            return super.listPartitions(path);
        }
        return server.orElseThrow()
                .partitions(path)
                .orElseThrow(() -> new TableNotPartitionedException(getName(), path));
    }

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec part)
            throws TableNotExistException,
                    TableNotPartitionedException,
                    PartitionSpecInvalidException {
        if (!isOfServer(path)) {
            return super.listPartitions(path, part);
        }
        var wanted = part.getPartitionSpec().entrySet();
        return listPartitions(path).stream()
                .filter(each -> each.getPartitionSpec().entrySet().containsAll(wanted))
                .toList();
    }

    final boolean isOnServer(String database) {
        return server.map(tablesOfServer -> tablesOfServer.hasDatabase(database)).orElse(false);
    }
}
