// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.debezium.DebeziumChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what Debezium saw into the changes of the rows of one table. */
final class History {

    private final CapturedTable table;
    private final Map<String, Map<String, String>> rows = new HashMap<>();

    History(CapturedTable table) {
        this.table = table;
    }

    /**
     * The next change, or null if it is none of a row; Debezium splits an UPDATE of a key itself.
     */
    SeenChange next(DebeziumChange change) {
        return change.operation() == DebeziumChange.Operation.TRUNCATE ? null : of(change);
    }

    private SeenChange of(DebeziumChange change) {
        boolean removes = change.operation() == DebeziumChange.Operation.DELETE;
        Map<String, String> columns = removes ? change.before() : change.after();
        SeenChange.Place place = new SeenChange.Place(0, 0, change.transaction());
        String key = text(table.keys(), columns);
        if (removes) {
            rows.remove(key);
            return new SeenChange("-D", key, null, place);
        }
        Map<String, String> known = new HashMap<>(columns);
        Map<String, String> before = rows.getOrDefault(key, change.before());
        known.replaceAll(
                (name, value) -> DebeziumChange.UNCHANGED.equals(value) ? before.get(name) : value);
        rows.put(key, known);
        return new SeenChange("+U", key, text(table.values(), known), place);
    }

    /** The key of a row. */
    String key(Map<String, String> columns) {
        return text(table.keys(), columns);
    }

    private static String text(List<CapturedColumn> columns, Map<String, String> row) {
        return RowText.of(columns.stream().map(column -> row.get(column.name())).toList());
    }
}
