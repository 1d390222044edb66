// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.type.Sql;
import java.io.Serializable;

/**
 * What a scan reads: a table, or the result of a query. Immutable.
 *
 * @param database the database
 * @param table the table, or empty
 * @param query the query, or empty
 */
record ScanObject(String database, String table, String query) implements Serializable {

    boolean isQuery() {
        return !query.isEmpty();
    }

    /** What stands behind FROM. */
    String from() {
        return isQuery() ? "(" + query + ")" : Sql.table(database, table);
    }

    /** For messages and names. */
    String title() {
        return isQuery() ? "the query on " + database : database + "." + table;
    }
}
