// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.uri.VeloUri;
import java.util.List;

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

    /** The URI of one table, made from the URI of the server. Opens no connection. */
    VeloUri tableUri(VeloUri server, String database, String table);
}
