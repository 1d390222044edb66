// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;

/** Flink's internal values as lists, maps and texts, which can be compared. */
final class NestedValues {

    private NestedValues() {}

    static Object comparable(Object value, LogicalType type) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof ArrayData array) {
            return list(array, ((ArrayType) type).getElementType());
        }
        if (value instanceof MapData map) {
            List<Object> keys = list(map.keyArray(), ((MapType) type).getKeyType());
            List<Object> values = list(map.valueArray(), ((MapType) type).getValueType());
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.put(keys.get(i), values.get(i));
            }
            return entries;
        }
        if (value instanceof RowData row) {
            List<Object> fields = new ArrayList<>();
            for (int i = 0; i < row.getArity(); i++) {
                LogicalType field = type.getChildren().get(i);
                fields.add(
                        comparable(RowData.createFieldGetter(field, i).getFieldOrNull(row), field));
            }
            return fields;
        }
        return value;
    }

    private static List<Object> list(ArrayData array, LogicalType element) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            list.add(comparable(getter.getElementOrNull(array, i), element));
        }
        return list;
    }
}
