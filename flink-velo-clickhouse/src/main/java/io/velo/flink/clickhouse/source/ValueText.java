// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.Arrays;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Prints values so that equal ones, and only these, have equal texts, also after a restart: what
 * Flink's views of nested values print themselves is an address, or an error. Stateless, therefore
 * thread-safe.
 */
final class ValueText {

    private ValueText() {}

    /** Appends the text of a value of this type, or of NULL. */
    static void append(StringBuilder text, Object value, LogicalType type) {
        if (value == null) {
            text.append("N4null");
            return;
        }
        String printed = printed(value, type);
        // The length keeps neighbours apart, the mark NULL and the text "null".
        text.append('V').append(printed.length()).append(printed);
    }

    private static String printed(Object value, LogicalType type) {
        if (value instanceof ArrayData array) {
            return elements(array, ((ArrayType) type).getElementType());
        }
        if (value instanceof MapData map) {
            MapType types = (MapType) type;
            return elements(map.keyArray(), types.getKeyType())
                    + elements(map.valueArray(), types.getValueType());
        }
        if (value instanceof RowData row) {
            return fields(row, (RowType) type);
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value.toString();
    }

    private static String elements(ArrayData array, LogicalType type) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
        StringBuilder text = new StringBuilder().append(array.size()).append(':');
        for (int i = 0; i < array.size(); i++) {
            append(text, getter.getElementOrNull(array, i), type);
        }
        return text.toString();
    }

    private static String fields(RowData row, RowType type) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType field = type.getTypeAt(i);
            append(text, RowData.createFieldGetter(field, i).getFieldOrNull(row), field);
        }
        return text.toString();
    }
}
