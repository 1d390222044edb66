// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import java.util.List;
import java.util.Map;

/**
 * Cuts a block that has rows of more partitions than the server takes at once. The same bytes go
 * out for each part, and the server keeps the rows whose partition, hashed, is one of the part's:
 * so all rows of a value of the partition key are in one part, whatever the key is made of.
 * Immutable.
 *
 * @param key the table's partition key
 * @param columns names of the block's columns, quoted
 * @param structure names and types of the block's columns
 */
record PartitionSplit(String key, String columns, String structure) {

    private static final String FORMAT = " FORMAT Native";

    /** How a condition on servers ends. */
    private static final String PINNED = ")) = 0";

    /**
     * The split of a table's blocks, or null if its partitions cannot be told by a block: the table
     * has none, or the block has no such column, or as another type.
     *
     * @param block the block's columns and their types
     */
    static PartitionSplit of(TableMeta meta, Map<String, String> block) {
        List<String> names = meta.columns().stream().map(ColumnMeta::name).toList();
        boolean told =
                !meta.partitionKey().isEmpty()
                        && KeyText.columnsIn(meta.partitionKey(), names).stream()
                                .allMatch(
                                        name ->
                                                meta.column(name)
                                                        .orElseThrow()
                                                        .type()
                                                        .headerText()
                                                        .equals(block.get(name)));
        return told
                ? new PartitionSplit(
                        meta.partitionKey(), Sql.names(block.keySet()), Marker.structure(block))
                : null;
    }

    /**
     * Whether the block of this INSERT can go out in parts: one of rows is encoded for the table.
     */
    static boolean cuts(String insert) {
        return insert.endsWith(FORMAT);
    }

    /**
     * The INSERT of one part.
     *
     * @param insert the INSERT of the whole block
     * @param number of the part, from 0
     * @param parts how many there are
     */
    String part(String insert, int number, int parts) {
        String all = insert.substring(0, insert.length() - FORMAT.length());
        String condition = "cityHash64(tuple(" + key + ")) % " + parts + " = " + number + FORMAT;
        if (!all.contains(" FROM input(")) {
            return all
                    + " SELECT "
                    + columns
                    + " FROM input("
                    + Sql.text(structure)
                    + ") WHERE "
                    + condition;
        }
        return all + (all.endsWith(PINNED) ? " AND " : " WHERE ") + condition;
    }
}
