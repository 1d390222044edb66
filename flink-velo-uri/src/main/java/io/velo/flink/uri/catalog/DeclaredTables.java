// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.uri.table.VeloTableFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TemporaryOperationListener;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * The tables, views and databases that were declared in a catalog: in memory, and in its store if
 * it has one. No secret in clear is kept.
 */
abstract class DeclaredTables extends GenericInMemoryCatalog implements TemporaryOperationListener {

    private final UriTables tables;
    private final Optional<FileTableStore> store;

    DeclaredTables(
            String name, String defaultDatabase, UriTables tables, Optional<FileTableStore> store) {
        super(name, defaultDatabase);
        this.tables = tables;
        this.store = store;
    }

    @Override
    public void open() {
        super.open();
        store.ifPresent(files -> files.forEach(this::loadDatabase, this::loadTable));
    }

    /** Whether the table is declared, and not merely found somewhere. */
    final boolean isDeclared(ObjectPath path) {
        return super.tableExists(path);
    }

    /** Whether the database is declared, and not merely found somewhere. */
    final boolean isDeclaredDatabase(String database) {
        return super.databaseExists(database);
    }

    @Override
    public void createDatabase(String database, CatalogDatabase properties, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        super.createDatabase(database, properties, ignoreIfExists);
        store.ifPresent(files -> files.putDatabase(database));
    }

    @Override
    public void dropDatabase(String database, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        super.dropDatabase(database, ignoreIfNotExists, cascade);
        store.ifPresent(files -> files.removeDatabase(database));
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        if (isDeclared(path)) {
            super.createTable(path, table, ignoreIfExists);
            return;
        }
        CatalogBaseTable declared = declared(path, table);
        super.createTable(path, declared, ignoreIfExists);
        store.ifPresent(files -> files.put(path, declared));
        // What was discovered before may have changed: a new target exists now.
        tables.forgetAll();
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        CatalogBaseTable declared = isDeclared(path) ? declared(path, table) : table;
        super.alterTable(path, declared, ignoreIfNotExists);
        if (isDeclared(path)) {
            store.ifPresent(files -> files.put(path, declared));
        }
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        super.dropTable(path, ignoreIfNotExists);
        store.ifPresent(files -> files.remove(path));
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        super.renameTable(path, newName, ignoreIfNotExists);
        ObjectPath renamed = new ObjectPath(path.getDatabaseName(), newName);
        if (store.isPresent() && isDeclared(renamed)) {
            store.get().rename(path, renamed);
        }
    }

    @Override
    public CatalogBaseTable onCreateTemporaryTable(ObjectPath path, CatalogBaseTable table) {
        return declared(path, table);
    }

    @Override
    public void onDropTemporaryTable(ObjectPath path) {}

    @Override
    public CatalogModel onCreateTemporaryModel(ObjectPath path, CatalogModel model) {
        return model;
    }

    @Override
    public void onDropTemporaryModel(ObjectPath path) {}

    @Override
    public CatalogFunction onCreateTemporaryFunction(ObjectPath path, CatalogFunction function) {
        return function;
    }

    @Override
    public void onDropTemporaryFunction(ObjectPath path) {}

    /** The table as it is kept: connector and URI filled in, no secret in clear, with columns. */
    private CatalogBaseTable declared(ObjectPath path, CatalogBaseTable table) {
        if (table.getTableKind() != CatalogBaseTable.TableKind.TABLE) {
            return table;
        }
        Map<String, String> options = new LinkedHashMap<>(table.getOptions());
        if (VeloUri.looksLikeUri(path.getObjectName())) {
            options.putIfAbsent("uri", path.getObjectName());
        }
        if (options.containsKey("uri") || options.containsKey("data-source")) {
            options.putIfAbsent("connector", VeloTableFactory.IDENTIFIER);
        }
        if (!VeloTableFactory.IDENTIFIER.equals(options.get("connector"))) {
            return table;
        }
        Map<String, String> clean = clean(options);
        if (hasColumns(table)) {
            tables.check(path, clean);
            return table instanceof ResolvedCatalogTable resolved
                    ? resolved.copy(clean)
                    : ((CatalogTable) table).copy(clean);
        }
        return UriTables.table(
                tables.schemaOf(path, clean),
                clean,
                table.getComment(),
                ((CatalogTable) table).getPartitionKeys());
    }

    private static boolean hasColumns(CatalogBaseTable table) {
        return !table.getUnresolvedSchema().getColumns().isEmpty();
    }

    /** The options without a secret in clear. */
    final Map<String, String> clean(Map<String, String> options) {
        return CleanOptions.of(
                options,
                registry(),
                store.isPresent() ? CleanOptions.Place.DISK : CleanOptions.Place.MEMORY);
    }

    final SchemeRegistry registry() {
        return SchemeRegistry.load(tables.classLoader());
    }

    private void loadDatabase(String database) {
        try {
            super.createDatabase(database, new CatalogDatabaseImpl(Map.of(), ""), true);
        } catch (DatabaseAlreadyExistException e) {
            throw new IllegalStateException(e);
        }
    }

    private void loadTable(ObjectPath path, CatalogBaseTable table) {
        try {
            super.createTable(path, table, true);
        } catch (TableAlreadyExistException | DatabaseNotExistException e) {
            throw new IllegalStateException(e);
        }
    }
}
