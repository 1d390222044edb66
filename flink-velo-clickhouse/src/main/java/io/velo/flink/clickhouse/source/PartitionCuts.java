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

/** Conditions that cut a table of the MergeTree family into parts of about the same size. */
final class PartitionCuts {

    private final HttpTransport transport;
    private final TableMeta meta;
    private final SplitSize size;
    private final Map<String, String> settings;

    PartitionCuts(
            HttpTransport transport, TableMeta meta, SplitSize size, Map<String, String> settings) {
        this.transport = transport;
        this.meta = meta;
        this.size = size;
        this.settings = settings;
    }

    private record Partition(String id, long rows, long bytes) {}

    /**
     * Cuts by partition and, within great ones, by key. The last condition takes all partitions
     * that are not among the others.
     */
    List<String> byPartitionAndKey() throws IOException {
        List<Partition> partitions = partitions();
        List<String> conditions = new ArrayList<>();
        List<Partition> together = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Partition partition : partitions) {
            if (partition.rows() > size.rows() || partition.bytes() > size.bytes()) {
                conditions.addAll(ranges(partition));
                continue;
            }
            boolean full =
                    rows + partition.rows() > size.rows()
                            || bytes + partition.bytes() > size.bytes();
            if (full && !together.isEmpty()) {
                conditions.add(isIn(together));
                together.clear();
                rows = 0;
                bytes = 0;
            }
            together.add(partition);
            rows += partition.rows();
            bytes += partition.bytes();
        }
        if (!together.isEmpty()) {
            conditions.add(isIn(together));
        }
        conditions.add(partitions.isEmpty() ? "1" : "NOT " + isIn(partitions));
        return conditions;
    }

    /** Cuts the whole table by key. */
    List<String> byKey() throws IOException {
        List<Partition> partitions = partitions();
        long rows = partitions.stream().mapToLong(Partition::rows).sum();
        long bytes = partitions.stream().mapToLong(Partition::bytes).sum();
        return new KeyCuts(transport, meta, settings).ranges("", step(rows, bytes), rows);
    }

    private List<String> ranges(Partition partition) throws IOException {
        String only = isIn(List.of(partition));
        List<String> ranges =
                new KeyCuts(transport, meta, settings)
                        .ranges(
                                partition.id(),
                                step(partition.rows(), partition.bytes()),
                                partition.rows());
        return ranges.stream().map(range -> only + " AND (" + range + ")").toList();
    }

    /** How many rows a range should have so that neither limit is passed. */
    private long step(long rows, long bytes) {
        long byBytes =
                bytes <= size.bytes() ? rows : (long) (rows * ((double) size.bytes() / bytes));
        return Math.max(1, Math.min(size.rows(), byBytes));
    }

    private static String isIn(List<Partition> partitions) {
        return "_partition_id IN ("
                + Sql.texts(partitions.stream().map(Partition::id).toList())
                + ")";
    }

    private List<Partition> partitions() throws IOException {
        return transport
                .rows(
                        "SELECT partition_id, sum(rows), sum(bytes_on_disk) FROM system.parts WHERE"
                                + " active AND database = "
                                + Sql.text(meta.database())
                                + " AND table = "
                                + Sql.text(meta.table())
                                + " GROUP BY partition_id ORDER BY partition_id"
                                + " FORMAT TabSeparated",
                        settings)
                .stream()
                .map(
                        row ->
                                new Partition(
                                        row.get(0),
                                        Long.parseLong(row.get(1)),
                                        Long.parseLong(row.get(2))))
                .toList();
    }
}
