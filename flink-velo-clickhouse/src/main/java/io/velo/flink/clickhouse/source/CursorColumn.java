// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.text.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The column of the real table by which an incremental scan finds new rows. Immutable.
 *
 * @param key how its values travel
 * @param type its type, as the server writes it
 * @param settled the condition that a row is old enough to be read, or empty if its value says
 *     nothing about time
 */
record CursorColumn(ResumeKey key, String type, String settled) {

    /**
     * The column.
     *
     * @throws io.velo.flink.common.error.VeloException if the table cannot be followed by it
     */
    static CursorColumn of(ScanPlan plan, Following following, TableMeta meta) {
        checkEngine(plan, meta);
        ColumnMeta column =
                meta.column(following.column())
                        .filter(ColumnMeta::readable)
                        .orElseThrow(() -> missing(plan, following, meta));
        ClickHouseType type = column.type();
        Optional<ResumeKey> key = ResumeKey.of(column);
        if (type.nullable() || key.isEmpty()) {
            throw unsuitable(plan, column);
        }
        String name = key.get().column();
        // A value of whole seconds stands for all of its second: only when that is over for long
        // enough can no other row of it appear. Hence the comparison without equality, with the
        // time cut to the digits of the column.
        String now = "now64(9) - toIntervalMillisecond(" + following.lagMillis() + ")";
        return switch (type.kind()) {
            case DATETIME ->
                    new CursorColumn(key.get(), type.text(), name + " < toDateTime(" + now + ")");
            case DATETIME64 ->
                    new CursorColumn(
                            key.get(),
                            type.text(),
                            name + " < toDateTime64(" + now + ", " + type.precision() + ")");
            case SIGNED, UNSIGNED -> {
                checkLag(plan, following, column);
                yield new CursorColumn(key.get(), type.text(), "");
            }
            default -> throw unsuitable(plan, column);
        };
    }

    /** The columns by which a range is ordered: this one first, then the table's own key. */
    List<ResumeKey> order(TableMeta meta) {
        List<ResumeKey> order = new ArrayList<>(List.of(key));
        for (String part : meta.sortingKey()) {
            meta.column(part)
                    .flatMap(ResumeKey::of)
                    .filter(other -> !other.column().equals(key.column()))
                    .ifPresent(order::add);
        }
        return order;
    }

    private static void checkEngine(ScanPlan plan, TableMeta meta) {
        if (meta.holder().needsFinal() && !meta.holder().replaces()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Table "
                                    + meta.title()
                                    + " cannot be read incrementally: a "
                                    + meta.holder().name()
                                    + " merges rows that were read before with new ones.")
                    .at(plan.target().place())
                    .remedy(
                            "Follow the MergeTree or ReplacingMergeTree that its rows come from, or"
                                    + " read it with scan.mode=bounded.")
                    .toException();
        }
    }

    private static void checkLag(ScanPlan plan, Following following, ColumnMeta column) {
        if (following.lagGiven()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'lag' is a time, and the cursor column '"
                                    + column.name()
                                    + "' of type "
                                    + column.type()
                                    + " tells none.")
                    .at(plan.target().place())
                    .remedy("Remove lag, or follow a DateTime or DateTime64 column.")
                    .toException();
        }
    }

    private static RuntimeException missing(ScanPlan plan, Following following, TableMeta meta) {
        List<String> names =
                meta.columns().stream().filter(ColumnMeta::readable).map(ColumnMeta::name).toList();
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Table "
                                + meta.title()
                                + " has no readable column '"
                                + following.column()
                                + "'."
                                + NearestMatch.question(following.column(), names))
                .at(plan.target().place())
                .remedy("Correct scan.cursor-column. Columns: " + String.join(", ", names) + ".")
                .toException();
    }

    private static RuntimeException unsuitable(ScanPlan plan, ColumnMeta column) {
        String why =
                column.type().nullable()
                        ? " is Nullable, and rows with NULL would never be read."
                        : " of type " + column.type() + " does not say which rows are new.";
        return Problem.of(
                        ErrorCode.OPTION_VALUE,
                        "Column '" + column.name() + "' of " + plan.title() + why)
                .at(plan.target().place())
                .remedy(
                        "Give as scan.cursor-column a DateTime, a DateTime64 or a whole number that"
                                + " is not Nullable.")
                .toException();
    }
}
