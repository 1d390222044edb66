// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** ARRAY into Array and Nested: the count of elements so far, and the elements as one column. */
final class ArrayWriter extends NestedWriter {

    private final ElementRow view = new ElementRow();
    private final ColumnWriter elements;

    ArrayWriter(ColumnTarget target, ColumnWriter elements) {
        super(target, elements);
        this.elements = elements;
    }

    @Override
    void appendValue(RowData row, int index) {
        ArrayData array = row.getArray(index);
        int size = array.size();
        ElementRow each = view.over(array);
        for (int i = 0; i < size; i++) {
            elements.put(each, i);
        }
        data.putLong(countSoFar() + size);
    }

    @Override
    void appendDefault() {
        data.putLong(countSoFar());
    }
}
