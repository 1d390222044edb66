// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/**
 * Encodes an array of one dimension: number of dimensions, whether there are NULLs, the element
 * type, size and lower bound 1, then each element with its length (-1 for NULL). For one thread.
 */
final class ArrayEncoder implements ColumnEncoder {

    private final ColumnEncoder element;
    private final int elementOid;
    private final ElementsAsRow elements = new ElementsAsRow();

    ArrayEncoder(ColumnEncoder element, int elementOid) {
        this.element = element;
        this.elementOid = elementOid;
    }

    @Override
    public void encode(RowData row, int field, TupleBuffer out) {
        ArrayData array = row.getArray(field);
        elements.of(array);
        int size = array.size();
        int start = out.open();
        out.int4(size == 0 ? 0 : 1);
        out.int4(hasNull(array) ? 1 : 0);
        out.int4(elementOid);
        if (size > 0) {
            out.int4(size);
            out.int4(1);
            for (int i = 0; i < size; i++) {
                if (array.isNullAt(i)) {
                    out.int4(-1);
                } else {
                    element.encode(elements, i, out);
                }
            }
        }
        out.close(start);
    }

    private static boolean hasNull(ArrayData array) {
        for (int i = 0; i < array.size(); i++) {
            if (array.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }
}
