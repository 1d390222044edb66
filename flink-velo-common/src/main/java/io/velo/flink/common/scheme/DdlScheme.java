// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.option.SchemeOption;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * A scheme on whose server a catalog can create, alter and drop databases and tables: {@code CREATE
 * TABLE c.db.t (…)} without a URI in a catalog whose own URI names the server.
 *
 * <p>The catalog calls these methods on the client, one statement after the other. It has asked
 * before whether the object exists, and asks again when a call fails, so that {@code IF EXISTS} and
 * {@code IF NOT EXISTS} need nothing here. It has refused what no server keeps: views of Flink,
 * computed and metadata columns, watermarks, a distribution, and options that are not among {@link
 * #definitionOptions()}. Everything else a scheme does or refuses with a sentence; it leaves
 * nothing out in silence.
 */
public interface DdlScheme extends BrowsableScheme {

    /** What becomes of a database that is dropped while it holds something. */
    enum DropBehavior {
        /** It is not dropped, and that is an error. */
        RESTRICT,
        /** What it holds is dropped with it. */
        CASCADE
    }

    /**
     * The options of {@code CREATE TABLE … WITH} and {@code ALTER TABLE … SET} that describe the
     * table itself and that its server keeps, such as an engine. They are options of the scheme's
     * spec too and stand in {@link TableRequest#options()}.
     */
    default List<SchemeOption<?>> definitionOptions() {
        return List.of();
    }

    /**
     * Creates a database that does not exist.
     *
     * @param definition its comment and its properties, which are refused unless the server keeps
     *     them
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked
     */
    void createDatabase(TableRequest server, String database, CatalogDatabase definition);

    /**
     * Drops a database that exists.
     *
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked
     */
    void dropDatabase(TableRequest server, String database, DropBehavior behavior);

    /**
     * Creates a table that does not exist.
     *
     * @param table where, by its URI; what, by its schema, comment, partition keys and options. The
     *     schema has physical columns only, and may have a primary key
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked,
     *     with every problem of the definition
     */
    void createTable(TableRequest table);

    /**
     * The sink of a table that {@code CREATE TABLE … AS SELECT} creates as a whole or not at all;
     * it implements Flink's {@code SupportsStaging}. Nothing if the scheme cannot do that: then
     * Flink creates the table and inserts into it, and the table stays when the query fails.
     *
     * @param table as for {@link #createTable}
     * @throws io.velo.flink.common.error.VeloException with every problem of the definition
     */
    default Optional<DynamicTableSink> stagedSink(TableRequest table) {
        return Optional.empty();
    }

    /**
     * Alters a table that exists: all changes or none, if the server can do that; otherwise what
     * was done before an error stays done, and the error says so.
     *
     * @param table the table, its schema and options as they are after the changes
     * @param changes in their order: columns (added, dropped, renamed, type, comment, position),
     *     primary key, definition options, comment
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked
     */
    void alterTable(TableRequest table, List<TableChange> changes);

    /**
     * Renames a table that exists, within its database.
     *
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked
     */
    void renameTable(TableRequest table, String newName);

    /**
     * Drops a table that exists.
     *
     * @throws io.velo.flink.common.error.VeloException if the server refuses or cannot be asked
     */
    void dropTable(TableRequest table);
}
