// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogPartitionSpec;

/** A scheme whose server can be browsed like a catalog: its databases and their tables. */
public interface BrowsableScheme extends Scheme {

    /** Whether the URI names a server or database as a whole and no table in it. */
    boolean namesServer(VeloUri uri);

    /**
     * The databases of the server as a catalog shows them, sorted; at least one.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked
     */
    List<String> databases(TableRequest server);

    /**
     * The tables of a database, sorted; empty if there are none.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked
     */
    List<String> tables(TableRequest server, String database);

    /**
     * What the server says about a database; empty unless the server keeps comments of databases.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked
     */
    default String databaseComment(TableRequest server, String database) {
        return "";
    }

    /**
     * The partitions of a table as {@code SHOW PARTITIONS} prints them, column by column; nothing
     * for a table that is not partitioned.
     *
     * @param table a table that exists, no columns known
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked
     */
    default Optional<List<CatalogPartitionSpec>> partitions(TableRequest table) {
        return Optional.empty();
    }

    /** The URI of one table, made from the URI of the server. Opens no connection. */
    VeloUri tableUri(VeloUri server, String database, String table);
}
