// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * The rows of one record until all of them are known: a record of which a part cannot be read gives
 * none. Used by one thread.
 */
final class RecordRows implements Collector<RowData> {

    private final List<RowData> more = new ArrayList<>();
    private RowData first;

    @Override
    public void collect(RowData row) {
        if (first == null) {
            first = row;
        } else {
            more.add(row);
        }
    }

    /** Hands the rows on and forgets them. */
    void emit(Collector<RowData> out) {
        if (first == null) {
            return;
        }
        RowData row = first;
        first = null;
        out.collect(row);
        if (!more.isEmpty()) {
            more.forEach(out::collect);
            more.clear();
        }
    }

    /** Forgets the rows. */
    void clear() {
        first = null;
        more.clear();
    }

    @Override
    public void close() {
        clear();
    }
}
