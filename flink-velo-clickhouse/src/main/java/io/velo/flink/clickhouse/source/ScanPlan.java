// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * Everything a scan has to know, fixed while planning. Immutable and serializable.
 *
 * @param target the database
 * @param object what to read
 * @param columns where the fields of the row type come from; not used with aggregates
 * @param rowType names and types of the fields to hand out, perhaps none
 * @param filters conditions that a row has to meet, as SQL of the server
 * @param aggregates aggregates instead of rows, if any are present
 * @param limit the most rows per split, or {@link #NO_LIMIT}
 * @param reading how to read
 */
record ScanPlan(
        ClickHouseTarget target,
        ScanObject object,
        List<ScanColumn> columns,
        RowType rowType,
        List<String> filters,
        Aggregates aggregates,
        long limit,
        Reading reading)
        implements Serializable {

    /** Read all rows. */
    static final long NO_LIMIT = -1;

    /**
     * How a scan reads.
     *
     * @param timezone the zone of TIMESTAMP values where the column names none; empty for the
     *     server's
     * @param resumable whether to read in the order of the sorting key, so that a scan can go on
     *     after a failure
     * @param splitSize how much one split reads
     * @param sequential whether replicas have to be up to date
     * @param useLocal whether the shards of a Distributed table are read themselves
     */
    record Reading(
            String timezone,
            boolean resumable,
            SplitSize splitSize,
            boolean sequential,
            boolean useLocal)
            implements Serializable {}

    ScanPlan {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
    }

    /** A scan of all columns and rows. */
    static ScanPlan of(
            ClickHouseTarget target, ScanObject object, RowType rowType, Reading reading) {
        return new ScanPlan(
                target,
                object,
                rowType.getFields().stream()
                        .map(field -> ScanColumn.of(field.getName(), field.getType()))
                        .toList(),
                rowType,
                List.of(),
                Aggregates.NONE,
                NO_LIMIT,
                reading);
    }

    ScanPlan withColumns(List<ScanColumn> newColumns, RowType newRowType) {
        return new ScanPlan(
                target, object, newColumns, newRowType, filters, aggregates, limit, reading);
    }

    ScanPlan withLimit(long newLimit) {
        return new ScanPlan(
                target, object, columns, rowType, filters, aggregates, newLimit, reading);
    }

    ScanPlan withFilters(List<String> more) {
        List<String> all = new ArrayList<>(filters);
        all.addAll(more);
        return new ScanPlan(target, object, columns, rowType, all, aggregates, limit, reading);
    }

    ScanPlan withAggregates(Aggregates newAggregates, RowType newRowType) {
        return new ScanPlan(
                target, object, columns, newRowType, filters, newAggregates, limit, reading);
    }

    /**
     * Which rows and columns are wanted, and in what form, as text: two jobs with equal texts may
     * go on with each other's splits. States hold it, so it must read the same for ever.
     */
    String asked() {
        return String.join(
                "\n",
                object.from(),
                columns.toString(),
                rowType.asSerializableString(),
                filters.toString(),
                aggregates.asState(),
                Long.toString(limit) + (target.format().carriesTypesInNames() ? " typed" : ""));
    }

    /** The same scan of a table that is a part of this one. */
    ScanPlan at(ClickHouseTarget newTarget, ScanObject newObject) {
        return new ScanPlan(
                newTarget, newObject, columns, rowType, filters, aggregates, limit, reading);
    }

    /** {@code database.table}, for messages. */
    String title() {
        return object.title();
    }
}
