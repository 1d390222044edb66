// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The order of a table's rows, as far as its ORDER BY starts with columns that Flink and the server
 * compare alike. Rows of one key stay in their order. Immutable, therefore thread-safe.
 */
final class RowOrder {

    private final Comparator<RowData> comparator;

    private RowOrder(Comparator<RowData> comparator) {
        this.comparator = comparator;
    }

    /**
     * The order of this table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CAP-002} if there is none
     */
    static RowOrder of(SinkPlan plan, TableMeta meta) {
        Comparator<RowData> order = null;
        for (String part : meta.sortingKey()) {
            Optional<Comparator<RowData>> next = column(plan, meta, part);
            if (next.isEmpty()) {
                break;
            }
            order = order == null ? next.get() : order.thenComparing(next.get());
        }
        if (order == null) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Rows of "
                                    + meta.title()
                                    + " cannot be sorted: its ORDER BY ("
                                    + String.join(", ", meta.sortingKey())
                                    + ") does not start with a column that Velo can compare as the"
                                    + " server does.")
                    .at(plan.target().place())
                    .remedy("Remove 'sort-rows'.")
                    .toException();
        }
        return new RowOrder(order);
    }

    /** Where each row of the sorted list comes from. */
    int[] places(List<RowData> rows) {
        int[] places = new int[rows.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        int[] spare = places.clone();
        sort(rows, spare, places, 0, places.length);
        return places;
    }

    /** Merges sorted halves of the first array into the second, both of which hold the same. */
    private void sort(List<RowData> rows, int[] from, int[] to, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(rows, to, from, start, middle);
        sort(rows, to, from, middle, end);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft =
                    right >= end
                            || left < middle
                                    && comparator.compare(
                                                    rows.get(from[left]), rows.get(from[right]))
                                            <= 0;
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private static Optional<Comparator<RowData>> column(
            SinkPlan plan, TableMeta meta, String name) {
        int index = plan.rowType().getFieldIndex(name);
        ColumnMeta column = meta.column(name).orElse(null);
        if (index < 0 || column == null) {
            return Optional.empty();
        }
        Comparator<RowData> values =
                values(index, plan.rowType().getTypeAt(index), column.type().kind());
        return Optional.ofNullable(values).map(order -> nullsLast(index, order));
    }

    private static Comparator<RowData> nullsLast(int index, Comparator<RowData> values) {
        return (a, b) -> {
            boolean left = a.isNullAt(index);
            boolean right = b.isNullAt(index);
            return left || right ? Boolean.compare(left, right) : values.compare(a, b);
        };
    }

    /** Enumerations go by their codes, UUIDs by their halves: those and their like are left out. */
    private static Comparator<RowData> values(int i, LogicalType type, TypeKind kind) {
        boolean whole = kind == TypeKind.SIGNED || kind == TypeKind.UNSIGNED;
        return switch (type.getTypeRoot()) {
            case BOOLEAN ->
                    kind != TypeKind.BOOL
                            ? null
                            : (a, b) -> Boolean.compare(a.getBoolean(i), b.getBoolean(i));
            case TINYINT -> !whole ? null : (a, b) -> Byte.compare(a.getByte(i), b.getByte(i));
            case SMALLINT -> !whole ? null : (a, b) -> Short.compare(a.getShort(i), b.getShort(i));
            case INTEGER -> !whole ? null : (a, b) -> Integer.compare(a.getInt(i), b.getInt(i));
            case DATE ->
                    kind != TypeKind.DATE && kind != TypeKind.DATE32
                            ? null
                            : (a, b) -> Integer.compare(a.getInt(i), b.getInt(i));
            case BIGINT -> !whole ? null : (a, b) -> Long.compare(a.getLong(i), b.getLong(i));
            case FLOAT ->
                    kind != TypeKind.FLOAT
                            ? null
                            : (a, b) -> Float.compare(a.getFloat(i), b.getFloat(i));
            case DOUBLE ->
                    kind != TypeKind.FLOAT
                            ? null
                            : (a, b) -> Double.compare(a.getDouble(i), b.getDouble(i));
            case CHAR, VARCHAR ->
                    kind != TypeKind.STRING
                            ? null
                            : (a, b) -> a.getString(i).compareTo(b.getString(i));
            case DECIMAL -> kind == TypeKind.DECIMAL ? decimals(i, (DecimalType) type) : null;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    kind == TypeKind.DATETIME || kind == TypeKind.DATETIME64
                            ? times(i, LogicalTypeChecks.getPrecision(type))
                            : null;
            default -> null;
        };
    }

    private static Comparator<RowData> decimals(int i, DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (a, b) ->
                a.getDecimal(i, precision, scale).compareTo(b.getDecimal(i, precision, scale));
    }

    private static Comparator<RowData> times(int i, int precision) {
        return (a, b) -> a.getTimestamp(i, precision).compareTo(b.getTimestamp(i, precision));
    }
}
