// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts rows by ranges of the first columns of the primary key. The server's own index says which
 * values lie at the borders, so that the ranges have about the same number of rows. The first range
 * is open below and the last one above: rows that come later belong to one of them.
 */
final class KeyCuts {

    private static final int MOST_RANGES = 10_000;

    private final HttpTransport transport;
    private final TableMeta meta;
    private final Map<String, String> settings;

    KeyCuts(HttpTransport transport, TableMeta meta, Map<String, String> settings) {
        this.transport = transport;
        this.meta = meta;
        this.settings = settings;
    }

    /**
     * Conditions that together are true for every row once.
     *
     * @param partition the partition to cut, or empty for the whole table
     * @param step rows that one range should have
     * @param rows rows that there are
     */
    List<String> ranges(String partition, long step, long rows) throws IOException {
        List<ResumeKey> keys = rows <= step ? List.of() : keys();
        if (keys.isEmpty()) {
            return List.of("1");
        }
        List<List<String>> borders = borders(keys, partition, Math.max(step, rows / MOST_RANGES));
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i <= borders.size(); i++) {
            String from = i == 0 ? "" : atLeast(keys, borders.get(i - 1));
            String to = i == borders.size() ? "" : "NOT (" + atLeast(keys, borders.get(i)) + ")";
            ranges.add(from.isEmpty() ? to : to.isEmpty() ? from : from + " AND " + to);
        }
        return borders.isEmpty() ? List.of("1") : ranges;
    }

    /** The columns at the start of the primary key that say where a row stands. */
    private List<ResumeKey> keys() throws IOException {
        List<String> primary =
                transport
                        .rows(
                                "SELECT name FROM system.columns WHERE is_in_primary_key AND"
                                        + " database = "
                                        + Sql.text(meta.database())
                                        + " AND table = "
                                        + Sql.text(meta.table())
                                        + " FORMAT TabSeparated",
                                settings)
                        .stream()
                        .map(row -> row.get(0))
                        .toList();
        List<ResumeKey> keys = new ArrayList<>();
        for (String part : meta.sortingKey()) {
            Optional<ResumeKey> key =
                    primary.contains(part)
                            ? meta.column(part).flatMap(ResumeKey::of)
                            : Optional.empty();
            if (key.isEmpty()) {
                break;
            }
            keys.add(key.get());
        }
        return keys;
    }

    private List<List<String>> borders(List<ResumeKey> keys, String partition, long step)
            throws IOException {
        String columns = String.join(", ", keys.stream().map(ResumeKey::column).toList());
        String hex = String.join(", ", keys.stream().map(ResumeKey::hex).toList());
        // By the name, which begins with the partition: system.parts may know other parts by now
        // than the index, for the server merges meanwhile.
        String ofPartition =
                partition.isEmpty()
                        ? ""
                        : " AND startsWith(part_name, " + Sql.text(partition + "_") + ")";
        String marks =
                "SELECT "
                        + columns
                        + ", intDiv(sum(rows_in_granule) OVER (ORDER BY "
                        + columns
                        + ", part_name, mark_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT"
                        + " ROW) - rows_in_granule, "
                        + step
                        + ") AS bucket FROM mergeTreeIndex("
                        + Sql.text(meta.database())
                        + ", "
                        + Sql.text(meta.table())
                        + ") WHERE rows_in_granule > 0"
                        + ofPartition;
        List<List<String>> found =
                transport.rows(
                        "SELECT DISTINCT "
                                + hex
                                + " FROM (SELECT * FROM ("
                                + marks
                                + ") WHERE bucket > 0 ORDER BY bucket, "
                                + columns
                                + " LIMIT 1 BY bucket) ORDER BY "
                                + columns
                                + " FORMAT TabSeparated",
                        settings);
        return found;
    }

    private static String atLeast(List<ResumeKey> keys, List<String> border) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(keys.get(i).literal(border.get(i)));
        }
        List<String> columns = keys.stream().map(ResumeKey::column).toList();
        return keys.size() == 1
                ? columns.get(0) + " >= " + values.get(0)
                : "(" + String.join(", ", columns) + ") >= (" + String.join(", ", values) + ")";
    }
}
