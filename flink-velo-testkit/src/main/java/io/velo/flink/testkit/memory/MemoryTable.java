// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import io.velo.flink.common.scheme.DiscoveredTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * The rows of one in-JVM table. With a primary key a row replaces the one of the same key; without,
 * rows are kept as often as they were inserted. Thread-safe.
 */
public final class MemoryTable {

    private final Map<Object, Row> byKey = new LinkedHashMap<>();
    private final List<Row> all = new ArrayList<>();
    private DiscoveredTable schema;

    MemoryTable() {}

    /** The columns, if somebody has declared them in this JVM. */
    public synchronized Optional<DiscoveredTable> schema() {
        return Optional.ofNullable(schema);
    }

    /** The rows as they stand, in the order of first insertion, all of kind INSERT. */
    public synchronized List<Row> rows() {
        List<Row> copy = new ArrayList<>(byKey.values());
        copy.addAll(all);
        return copy.stream().map(Row::copy).toList();
    }

    synchronized void declare(DiscoveredTable declared) {
        schema = declared;
    }

    /**
     * Applies one change.
     *
     * @param keyPositions positions of the key's fields in the row, empty without a key
     */
    synchronized void apply(Row change, int[] keyPositions) {
        RowKind kind = change.getKind();
        Row row = Row.copy(change);
        row.setKind(RowKind.INSERT);
        boolean adds = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
        if (keyPositions.length == 0) {
            if (adds) {
                all.add(row);
            } else {
                all.remove(row);
            }
        } else if (adds) {
            byKey.put(Row.project(row, keyPositions), row);
        } else if (kind == RowKind.DELETE) {
            byKey.remove(Row.project(row, keyPositions));
        }
    }
}
