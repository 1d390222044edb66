// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.clickhouse.shard.ShardPlace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * Everything a writer has to know, fixed while planning. Immutable and serializable.
 *
 * @param target the database
 * @param table the table
 * @param rowType names and types of the rows
 * @param primaryKey names of the key's columns, or empty
 * @param changes which changes the query sends
 * @param engine the engine asserted or to be created, as written, or empty
 * @param autoCreate whether to create the table
 * @param guarantee what the sink promises
 * @param autoTune whether settings of the table may be changed for it
 * @param deleteMode what becomes of removals that the engine has no rows for
 * @param versionColumn the Flink column that fills the engine's version column, or empty
 * @param nullsAsDefault whether NULL becomes the default of a column that takes no NULL
 * @param timezone the zone of TIMESTAMP values where the column names none; empty for the server's
 * @param shape what the table is besides its columns if it is created
 * @param placement whose table is written
 */
record SinkPlan(
        ClickHouseTarget target,
        String table,
        RowType rowType,
        List<String> primaryKey,
        Changes changes,
        String engine,
        boolean autoCreate,
        Guarantee guarantee,
        boolean autoTune,
        DeleteMode deleteMode,
        String versionColumn,
        boolean nullsAsDefault,
        String timezone,
        TableShape shape,
        Placement placement)
        implements Serializable {

    /** The changes that a query sends. */
    enum Changes {
        /** New rows only. */
        INSERTS,
        /** New rows and new versions of rows. */
        UPDATES,
        /** Also removals. */
        DELETES
    }

    /**
     * Names of the Flink table's columns, the version column under the name that the engine has.
     */
    List<String> columnsFor(TableMeta meta) {
        List<String> names = new ArrayList<>(rowType.getFieldNames());
        String version = meta.engine().versionColumn();
        if (!versionColumn.isEmpty() && !version.isEmpty()) {
            names.add(version);
        }
        return names;
    }

    /** The same plan for a table of another name. */
    SinkPlan withTable(String name) {
        return with(target, name, placement);
    }

    /** The same plan for the table of one shard. */
    SinkPlan at(ShardPlace place) {
        return with(place.in(target), place.table(), Placement.of(place));
    }

    private SinkPlan with(ClickHouseTarget newTarget, String name, Placement newPlacement) {
        return new SinkPlan(
                newTarget,
                name,
                rowType,
                primaryKey,
                changes,
                engine,
                autoCreate,
                guarantee,
                autoTune,
                deleteMode,
                versionColumn,
                nullsAsDefault,
                timezone,
                shape,
                newPlacement);
    }

    /** {@code database.table}, for messages. */
    String title() {
        return target.database() + "." + table;
    }
}
