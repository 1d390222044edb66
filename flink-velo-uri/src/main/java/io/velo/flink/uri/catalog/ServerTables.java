// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.BrowsableScheme;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;

/** The tables that a server holds, browsed over its URI. Thread-safe. */
final class ServerTables {

    private final Map<String, String> options;
    private final UriTables tables;
    private final BrowsableScheme scheme;
    private final TableRequest server;

    /**
     * The tables of a server.
     *
     * @param options velo options whose URI names the server
     * @throws io.velo.flink.common.error.VeloException if its scheme cannot be browsed
     */
    ServerTables(Map<String, String> options, UriTables tables) {
        SchemeRegistry registry = SchemeRegistry.load(tables.classLoader());
        this.options = CleanOptions.of(options, registry, CleanOptions.Place.MEMORY);
        this.tables = tables;
        this.server = tables.request(new ObjectPath("default", "server"), this.options);
        Scheme found = registry.get(server.uri().scheme());
        if (!(found instanceof BrowsableScheme browsable)) {
            throw Capability.BROWSE.refusal(found.spec().name()).toException();
        }
        this.scheme = browsable;
    }

    /** The scheme of the server. */
    BrowsableScheme scheme() {
        return scheme;
    }

    /** The server as a whole. */
    TableRequest server() {
        return server;
    }

    List<String> databases() {
        return scheme.databases(server);
    }

    boolean hasDatabase(String database) {
        return databases().contains(database);
    }

    String databaseComment(String database) {
        return scheme.databaseComment(server, database);
    }

    List<String> tables(String database) {
        return hasDatabase(database) ? scheme.tables(server, database) : List.of();
    }

    boolean has(ObjectPath path) {
        return tables(path.getDatabaseName()).contains(path.getObjectName());
    }

    Optional<CatalogTable> table(ObjectPath path) {
        return has(path)
                ? Optional.of(tables.discover(path, tableOptions(path)))
                : Optional.empty();
    }

    /** The partitions of a table that exists; nothing if it is not partitioned. */
    Optional<List<CatalogPartitionSpec>> partitions(ObjectPath path) {
        return scheme.partitions(tables.request(path, tableOptions(path)));
    }

    /**
     * The velo options by which the server's table of this name is reached.
     *
     * @throws io.velo.flink.common.error.VeloException if a name would be read as a reference
     */
    Map<String, String> tableOptions(ObjectPath path) {
        refuseReference(path.getDatabaseName());
        refuseReference(path.getObjectName());
        Map<String, String> tableOptions = new LinkedHashMap<>(options);
        tableOptions.put(
                "uri",
                scheme.tableUri(server.uri(), path.getDatabaseName(), path.getObjectName())
                        .print());
        return tableOptions;
    }

    /** Whoever may name a table on the server must not read the client's secrets by it. */
    private static void refuseReference(String name) {
        if (References.isReference(name)) {
            throw Problem.of(
                            ErrorCode.SECURITY_REFERENCE_REFUSED,
                            "The name '" + name + "' would be read as a reference to a secret.")
                    .remedy("Give the table or database another name on the server.")
                    .toException();
        }
    }
}
