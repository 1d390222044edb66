// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.time.ZoneId;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/** Chooses the writers of arrays, maps and tuples, with those of what they are made of. */
final class NestedWriters {

    private NestedWriters() {}

    /** The writer, or null if the Flink type does not have the same form. */
    static ColumnWriter of(ColumnTarget target, ZoneId zone) {
        ClickHouseType type = target.type();
        LogicalType flink = target.flinkType();
        return switch (type.kind()) {
            case ARRAY, VECTOR ->
                    flink instanceof ArrayType array
                            ? new ArrayWriter(
                                    target,
                                    part(
                                            target,
                                            "[]",
                                            type.element(),
                                            array.getElementType(),
                                            zone))
                            : null;
            case MAP -> map(target, zone);
            default -> flink instanceof RowType row ? tuple(target, row, zone) : null;
        };
    }

    private static ColumnWriter map(ColumnTarget target, ZoneId zone) {
        LogicalType key;
        LogicalType value;
        if (target.flinkType() instanceof MapType map) {
            key = map.getKeyType();
            value = map.getValueType();
        } else if (target.flinkType() instanceof MultisetType multiset) {
            key = multiset.getElementType();
            value = new IntType(false);
        } else {
            return null;
        }
        return new MapWriter(
                target,
                part(target, "[key]", target.type().element(), key, zone),
                part(target, "[]", target.type().mapValue(), value, zone));
    }

    private static ColumnWriter tuple(ColumnTarget target, RowType row, ZoneId zone) {
        int[] positions = TupleFields.positions(target.type(), row);
        if (positions == null) {
            return null;
        }
        ColumnWriter[] writers = new ColumnWriter[positions.length];
        for (int i = 0; i < writers.length; i++) {
            ClickHouseType.Field field = target.type().fields().get(i);
            LogicalType flink = row.getTypeAt(positions[i]);
            writers[i] = part(target, "." + field.name(), field.type(), flink, zone);
        }
        return new TupleWriter(target, writers, positions);
    }

    private static ColumnWriter part(
            ColumnTarget whole, String name, ClickHouseType type, LogicalType flink, ZoneId zone) {
        // The position is given with every value, so it is not kept here.
        return ColumnWriters.of(
                new ColumnTarget(whole.name() + name, type, flink, 0, whole.key()), zone);
    }
}
