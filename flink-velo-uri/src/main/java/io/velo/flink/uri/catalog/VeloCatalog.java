// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.SchemeRegistry;
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
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;

/**
 * A catalog in which a back-ticked URI is a table. A name is looked for among the declared tables,
 * then read as a URI, then among the named sources of the config file, then on the server of the
 * catalog's own URI. Nothing it hands out holds a secret in clear.
 *
 * <p>Thread-safe as far as Flink needs it: Flink serialises the calls of one session.
 */
public final class VeloCatalog extends GenericInMemoryCatalog
        implements TemporaryOperationListener {

    private final UriTables tables;
    private final Optional<ConfigFile> config;
    private final Optional<ServerTables> server;
    private final Optional<FileTableStore> store;

    VeloCatalog(
            String name,
            String defaultDatabase,
            UriTables tables,
            Optional<ConfigFile> config,
            Optional<ServerTables> server,
            Optional<FileTableStore> store) {
        super(name, defaultDatabase);
        this.tables = tables;
        this.config = config;
        this.server = server;
        this.store = store;
    }

    @Override
    public void open() {
        super.open();
        store.ifPresent(
                files ->
                        files.forEach(this::loadDatabase, (path, table) -> loadTable(path, table)));
    }

    // ------------------------------------------------------------------ finding tables

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (super.tableExists(path)) {
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
        return super.tableExists(path)
                || isEntry(path)
                || server.map(
                                tablesOfServer ->
                                        tablesOfServer
                                                .tables(path.getDatabaseName())
                                                .contains(path.getObjectName()))
                        .orElse(false);
    }

    /** Tables that are not declared have no statistics here; Flink asks for them all the same. */
    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path)
            throws TableNotExistException {
        return super.tableExists(path)
                ? super.getTableStatistics(path)
                : CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
            throws TableNotExistException {
        return super.tableExists(path)
                ? super.getTableColumnStatistics(path)
                : CatalogColumnStatistics.UNKNOWN;
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        TreeSet<String> names = new TreeSet<>();
        if (super.databaseExists(database)) {
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

    private boolean isEntry(ObjectPath path) {
        return path.getDatabaseName().equals(getDefaultDatabase())
                && config.map(file -> file.has(path.getObjectName())).orElse(false);
    }

    private Map<String, String> entryOptions(String name) {
        EntryUri entry = EntryUri.of(name, config.orElseThrow().entry(name), registry());
        Map<String, String> options = new LinkedHashMap<>(entry.options());
        options.put("connector", VeloTableFactory.IDENTIFIER);
        options.put("uri", entry.uri());
        return clean(options);
    }

    // ------------------------------------------------------------------ databases

    @Override
    public List<String> listDatabases() {
        TreeSet<String> names = new TreeSet<>(super.listDatabases());
        server.ifPresent(tablesOfServer -> names.addAll(tablesOfServer.databases()));
        return List.copyOf(names);
    }

    @Override
    public boolean databaseExists(String database) {
        return super.databaseExists(database) || isOnServer(database);
    }

    @Override
    public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
        return super.databaseExists(database) || !isOnServer(database)
                ? super.getDatabase(database)
                : new CatalogDatabaseImpl(Map.of(), "");
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

    private boolean isOnServer(String database) {
        return server.map(tablesOfServer -> tablesOfServer.databases().contains(database))
                .orElse(false);
    }

    // ------------------------------------------------------------------ declaring tables

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        if (super.tableExists(path)) {
            super.createTable(path, table, ignoreIfExists);
            return;
        }
        if (tableExists(path)) {
            throw refusal(
                    "'"
                            + path.getObjectName()
                            + "' is the name of a table that the config file or the server has.",
                    "Choose another name.");
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
        refuseUndeclared(path, "altered");
        CatalogBaseTable declared = super.tableExists(path) ? declared(path, table) : table;
        super.alterTable(path, declared, ignoreIfNotExists);
        if (super.tableExists(path)) {
            store.ifPresent(files -> files.put(path, declared));
        }
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        refuseUndeclared(path, "dropped");
        super.dropTable(path, ignoreIfNotExists);
        store.ifPresent(files -> files.remove(path));
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        refuseUndeclared(path, "renamed");
        super.renameTable(path, newName, ignoreIfNotExists);
        ObjectPath renamed = new ObjectPath(path.getDatabaseName(), newName);
        if (store.isPresent() && super.tableExists(renamed)) {
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

    private Map<String, String> clean(Map<String, String> options) {
        return CleanOptions.of(
                options,
                registry(),
                store.isPresent() ? CleanOptions.Place.DISK : CleanOptions.Place.MEMORY);
    }

    private SchemeRegistry registry() {
        return SchemeRegistry.load(tables.classLoader());
    }

    private void refuseUndeclared(ObjectPath path, String verb) {
        if (super.tableExists(path)) {
            return;
        }
        if (VeloUri.looksLikeUri(path.getObjectName())) {
            throw refusal(
                    "A URI is a name for something outside of Flink and cannot be " + verb + ".",
                    "Do that in the system itself, or declare a table: CREATE TABLE t WITH"
                            + " ('uri'='…').");
        }
        if (tableExists(path)) {
            throw refusal(
                    "'"
                            + path.getObjectName()
                            + "' comes from the config file or from the server and cannot be "
                            + verb
                            + " here.",
                    "Change it where it comes from.");
        }
    }

    private static RuntimeException refusal(String sentence, String remedy) {
        return Problem.of(ErrorCode.SCHEMA_CATALOG, sentence).remedy(remedy).toException();
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
