// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** MAP and MULTISET into Map: the count of entries so far, all keys, all values. */
final class MapWriter extends NestedWriter {

    private final ElementRow view = new ElementRow();
    private final ColumnWriter keys;
    private final ColumnWriter values;

    MapWriter(ColumnTarget target, ColumnWriter keys, ColumnWriter values) {
        super(target, keys, values);
        this.keys = keys;
        this.values = values;
    }

    @Override
    void appendValue(RowData row, int index) {
        MapData map = row.getMap(index);
        putAll(keys, map.keyArray());
        putAll(values, map.valueArray());
        data.putLong(countSoFar() + map.size());
    }

    private void putAll(ColumnWriter writer, ArrayData elements) {
        int size = elements.size();
        ElementRow each = view.over(elements);
        for (int i = 0; i < size; i++) {
            writer.put(each, i);
        }
    }

    @Override
    void appendDefault() {
        data.putLong(countSoFar());
    }
}
