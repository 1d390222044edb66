// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.retry.FailureClass;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** A table of numbers and names on some shelves. */
record ShelfTable(List<Shelf> servers) implements LookupTable<Integer> {

    @Override
    public String scheme() {
        return "shelf";
    }

    @Override
    public String name() {
        return "names";
    }

    @Override
    public Integer key(RowData keyRow) {
        return keyRow.isNullAt(0) ? null : keyRow.getInt(0);
    }

    @Override
    public RowData rowOfNulls(Integer key) {
        return GenericRowData.of(key, null);
    }

    @Override
    public FailureClass classify(Throwable failure) {
        return failure instanceof Shelf.Away ? FailureClass.TRANSIENT : FailureClass.PERMANENT;
    }
}
