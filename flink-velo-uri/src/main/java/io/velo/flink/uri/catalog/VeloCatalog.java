// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.uri.config.ConfigFile;
import io.velo.flink.uri.table.TableAddress;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.factories.Factory;

/**
 * A catalog in which a back-ticked URI is a table. What is not declared here is changed where it
 * is: on the server of the catalog's own URI, as far as its scheme offers that. Nothing the catalog
 * hands out holds a secret in clear.
 *
 * <p>Thread-safe as far as Flink needs it: Flink serialises the calls of one session.
 */
public final class VeloCatalog extends FoundTables {

    private final Optional<ServerDdl> ddl;

    VeloCatalog(
            String name,
            String defaultDatabase,
            UriTables tables,
            Optional<ConfigFile> config,
            Optional<ServerTables> server,
            Optional<FileTableStore> store) {
        super(name, defaultDatabase, tables, config, server, store);
        this.ddl = server.map(found -> new ServerDdl(name, found, tables));
    }

    @Override
    public void createDatabase(String database, CatalogDatabase properties, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        boolean declared = ddl.isEmpty() || !ddl.get().isOffered() || isDeclaredDatabase(database);
        if (declared) {
            super.createDatabase(database, properties, ignoreIfExists);
        } else if (!isOnServer(database)) {
            ddl.get().createDatabase(database, properties, ignoreIfExists);
        } else if (!ignoreIfExists) {
            throw new DatabaseAlreadyExistException(getName(), database);
        }
    }

    @Override
    public void dropDatabase(String database, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        if (!isOnServer(database)) {
            super.dropDatabase(database, ignoreIfNotExists, cascade);
        } else if (isDeclaredDatabase(database)) {
            throw refusal(
                    "Database '"
                            + database
                            + "' is on the server and holds what was declared here, too.",
                    "Drop it on the server itself.");
        } else {
            ddl.orElseThrow().dropDatabase(database, cascade);
        }
    }

    @Override
    public void alterDatabase(
            String database, CatalogDatabase properties, boolean ignoreIfNotExists)
            throws DatabaseNotExistException {
        if (!isDeclaredDatabase(database) && isOnServer(database)) {
            throw refusal(
                    "Database '" + database + "' is on the server and takes no properties here.",
                    "Change it on the server itself.");
        }
        super.alterDatabase(database, properties, ignoreIfNotExists);
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        if (isDeclared(path)) {
            super.createTable(path, table, ignoreIfExists);
        } else if (isForServer(path, table)) {
            createOnServer(path, table, ignoreIfExists);
        } else {
            refuseDeclaration(path, table.getTableKind());
            super.createTable(path, table, ignoreIfExists);
        }
    }

    /**
     * Without a server that takes CREATE TABLE, tables have the connector of their options. With
     * one, a table without any is about to be created there by the query that fills it.
     */
    @Override
    public Optional<Factory> getFactory() {
        return ddl.filter(ServerDdl::isOffered)
                .map(offered -> new NewTableFactory(offered, this::isForServer));
    }

    /** Whether CREATE TABLE means a table of the server: it says no other place. */
    private boolean isForServer(ObjectPath path, CatalogBaseTable table) {
        return table.getTableKind() == CatalogBaseTable.TableKind.TABLE
                && table.getOptions().keySet().stream().noneMatch(TableAddress::isPlace)
                && !VeloUri.looksLikeUri(path.getObjectName())
                && !isEntry(path)
                && isOnServer(path.getDatabaseName());
    }

    private void createOnServer(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException {
        if (!serverHas(path)) {
            ddl.orElseThrow().createTable(path, table, ignoreIfExists);
        } else if (!ignoreIfExists) {
            throw new TableAlreadyExistException(getName(), path);
        }
    }

    private void refuseDeclaration(ObjectPath path, CatalogBaseTable.TableKind kind) {
        String database = path.getDatabaseName();
        if (tableExists(path)) {
            throw refusal(
                    "'"
                            + path.getObjectName()
                            + "' is the name of a table that the config file or the server has.",
                    "Choose another name.");
        }
        if (isDeclaredDatabase(database) || !isOnServer(database)) {
            return;
        }
        if (kind == CatalogBaseTable.TableKind.VIEW) {
            throw refusal(
                    "Database '"
                            + database
                            + "' is on the server, which keeps no views of Flink: their text is"
                            + " Flink's SQL.",
                    "CREATE TEMPORARY VIEW, create it in database '"
                            + getDefaultDatabase()
                            + "' of this catalog, or create a view on the server itself.");
        } else {
            throw refusal(
                    "Database '"
                            + database
                            + "' is on the server: it takes tables of the server, and neither"
                            + " views of Flink nor tables with a 'uri' or 'connector'.",
                    "Leave these options out (after LIKE by EXCLUDING OPTIONS), or use database '"
                            + getDefaultDatabase()
                            + "'.");
        }
    }

    @Override
    public void alterTable(
            ObjectPath path,
            CatalogBaseTable table,
            List<TableChange> changes,
            boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (isOfServer(path)) {
            ddl.orElseThrow().alterTable(path, table, changes);
        } else {
            alterTable(path, table, ignoreIfNotExists);
        }
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        refuseUndeclared(path, "altered");
        super.alterTable(path, table, ignoreIfNotExists);
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (isOfServer(path)) {
            ddl.orElseThrow().dropTable(path);
        } else {
            refuseUndeclared(path, "dropped");
            super.dropTable(path, ignoreIfNotExists);
        }
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        if (isOfServer(path)) {
            ddl.orElseThrow().renameTable(path, newName);
        } else {
            refuseUndeclared(path, "renamed");
            super.renameTable(path, newName, ignoreIfNotExists);
        }
    }

    private void refuseUndeclared(ObjectPath path, String verb) {
        if (isDeclared(path)) {
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

    @Override
    public void createPartition(
            ObjectPath path,
            CatalogPartitionSpec part,
            CatalogPartition partition,
            boolean ignoreIfExists)
            throws TableNotExistException,
                    TableNotPartitionedException,
                    PartitionSpecInvalidException,
                    PartitionAlreadyExistsException {
        refusePartition(path);
        super.createPartition(path, part, partition, ignoreIfExists);
    }

    @Override
    public void dropPartition(ObjectPath path, CatalogPartitionSpec part, boolean ignoreIfNotExists)
            throws PartitionNotExistException {
        refusePartition(path);
        super.dropPartition(path, part, ignoreIfNotExists);
    }

    private void refusePartition(ObjectPath path) {
        if (isOfServer(path)) {
            throw refusal(
                    "Partitions of '"
                            + path.getObjectName()
                            + "' are the server's and cannot be added or dropped here.",
                    "Do that on the server itself.");
        }
    }
}
