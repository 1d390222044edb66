// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * The columns that a workload has in Flink: {@code id BIGINT, writer INT, seq BIGINT, payload
 * STRING, balance BIGINT}, none of them ever null. An update is the row before and the row after.
 */
public final class WorkloadRows {

    /** The columns as they stand in a CREATE TABLE. */
    public static final String COLUMNS =
            "id BIGINT NOT NULL, writer INT NOT NULL, seq BIGINT NOT NULL,"
                    + " payload STRING NOT NULL, balance BIGINT NOT NULL";

    private WorkloadRows() {}

    /** The type of the rows. */
    public static DataType dataType() {
        return DataTypes.ROW(
                        DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                        DataTypes.FIELD("writer", DataTypes.INT().notNull()),
                        DataTypes.FIELD("seq", DataTypes.BIGINT().notNull()),
                        DataTypes.FIELD("payload", DataTypes.STRING().notNull()),
                        DataTypes.FIELD("balance", DataTypes.BIGINT().notNull()))
                .notNull();
    }

    /** The type of {@link Row}s in a stream. */
    public static TypeInformation<Row> typeInformation() {
        return Types.ROW_NAMED(
                new String[] {"id", "writer", "seq", "payload", "balance"},
                Types.LONG,
                Types.INT,
                Types.LONG,
                Types.STRING,
                Types.LONG);
    }

    /** Gives the rows of a change as Flink's internal rows. */
    public static void rowData(Change change, Consumer<RowData> out) {
        each(change, (kind, v) -> out.accept(rowData(kind, v)));
    }

    /** Gives the rows of a change as {@link Row}s. */
    public static void rows(Change change, Consumer<Row> out) {
        each(
                change,
                (kind, v) ->
                        out.accept(
                                Row.ofKind(
                                        kind,
                                        v.key(),
                                        v.writer(),
                                        v.sequence(),
                                        v.payload(),
                                        v.balance())));
    }

    /**
     * The version that a row holds, whatever types the numbers have.
     *
     * @param row has the five columns in their order
     */
    public static Version version(Row row) {
        ToLongFunction<Object> number = value -> ((Number) value).longValue();
        return new Version(
                number.applyAsLong(row.getField(0)),
                (int) number.applyAsLong(row.getField(1)),
                number.applyAsLong(row.getField(2)),
                (String) row.getField(3),
                number.applyAsLong(row.getField(4)));
    }

    /** The operation that a row's kind stands for; null for the row before an update. */
    public static Operation operation(RowKind kind) {
        return switch (kind) {
            case INSERT -> Operation.INSERT;
            case UPDATE_BEFORE -> null;
            case UPDATE_AFTER -> Operation.UPDATE;
            case DELETE -> Operation.DELETE;
        };
    }

    private static RowData rowData(RowKind kind, Version v) {
        return GenericRowData.ofKind(
                kind,
                v.key(),
                v.writer(),
                v.sequence(),
                StringData.fromString(v.payload()),
                v.balance());
    }

    private static void each(Change change, KindAndVersion out) {
        switch (change.operation()) {
            case INSERT -> out.accept(RowKind.INSERT, change.row());
            case UPDATE -> {
                out.accept(RowKind.UPDATE_BEFORE, change.before());
                out.accept(RowKind.UPDATE_AFTER, change.row());
            }
            case DELETE -> out.accept(RowKind.DELETE, change.row());
        }
    }

    /** Takes one row. */
    private interface KindAndVersion {
        void accept(RowKind kind, Version version);
    }
}
