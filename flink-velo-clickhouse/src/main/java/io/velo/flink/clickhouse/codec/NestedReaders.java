// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.time.ZoneId;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Chooses the readers of arrays, maps and tuples, with those of what they are made of. */
final class NestedReaders {

    private NestedReaders() {}

    /** The reader, or null if the Flink type does not have the same form. */
    static ColumnReader of(ColumnSource source, ZoneId zone) {
        ClickHouseType type = source.type();
        LogicalType flink = source.flinkType();
        return switch (type.kind()) {
            case ARRAY ->
                    flink instanceof ArrayType array
                            ? new ArrayReader(
                                    source,
                                    part(
                                            source,
                                            "[]",
                                            type.element(),
                                            array.getElementType(),
                                            zone))
                            : null;
            case MAP ->
                    flink instanceof MapType map
                            ? new MapReader(
                                    source,
                                    part(source, "[key]", type.element(), map.getKeyType(), zone),
                                    part(source, "[]", type.mapValue(), map.getValueType(), zone))
                            : null;
            default -> flink instanceof RowType row ? tuple(source, row, zone) : null;
        };
    }

    private static ColumnReader tuple(ColumnSource source, RowType row, ZoneId zone) {
        int[] positions = TupleFields.positions(source.type(), row);
        if (positions == null) {
            return null;
        }
        ColumnReader[] readers = new ColumnReader[positions.length];
        for (int i = 0; i < readers.length; i++) {
            ClickHouseType.Field field = source.type().fields().get(i);
            LogicalType flink = row.getTypeAt(positions[i]);
            readers[i] = part(source, "." + field.name(), field.type(), flink, zone);
        }
        return new TupleReader(source, readers, positions);
    }

    private static ColumnReader part(
            ColumnSource whole, String name, ClickHouseType type, LogicalType flink, ZoneId zone) {
        return ColumnReaders.of(new ColumnSource(whole.name() + name, type, flink), zone);
    }
}
