// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.util.List;
import java.util.Set;

/**
 * How a table takes new versions and removals of rows: which engine column says what is newer and
 * which one marks a removal. Immutable, therefore thread-safe.
 *
 * <p>Only ReplacingMergeTree does, and only if its ORDER BY is the primary key. Columns of the
 * engine that the Flink table does not declare are filled by Velo: the version by a clock, the mark
 * by the kind of the change. Without a version, or with one that the query fills, the server takes
 * the row that came last, so blocks are sent one after the other.
 *
 * @param updateRefusal why new versions are impossible, or empty
 * @param deleteRefusal why removals are impossible, or empty
 * @param version the version column that Velo fills, or empty
 * @param deleteMark the column that marks removals, or empty
 * @param ordered whether blocks must arrive in the order of the rows
 * @param fullDeletes whether a removal must carry all columns and not the key only
 */
record Upserts(
        String updateRefusal,
        String deleteRefusal,
        String version,
        String deleteMark,
        boolean ordered,
        boolean fullDeletes) {

    /** The answer for a Flink table without a key, whatever the engine. */
    static final Upserts WITHOUT_KEY = refused("the Flink table has no PRIMARY KEY");

    /** The version column of tables that Velo creates. */
    static final String VERSION_COLUMN = "_velo_version";

    /** The removal mark of tables that Velo creates. */
    static final String DELETE_COLUMN = "_velo_deleted";

    /**
     * What the table can take.
     *
     * @param declared names of the Flink table's columns
     * @param primaryKey names of the key's columns, or empty
     */
    static Upserts of(TableMeta meta, List<String> declared, List<String> primaryKey) {
        if (!meta.engine().replaces()) {
            return refused("its engine " + meta.engine().name() + " keeps every row");
        }
        List<String> arguments = meta.engine().arguments();
        String version = arguments.isEmpty() ? "" : arguments.get(0);
        String mark = arguments.size() < 2 ? "" : arguments.get(1);
        if (primaryKey.isEmpty()) {
            boolean ours = version.equals(VERSION_COLUMN) && !declared.contains(version);
            String reason = WITHOUT_KEY.updateRefusal();
            return new Upserts(reason, reason, ours ? version : "", "", false, false);
        }
        String wrongKey = wrongKey(meta, primaryKey);
        if (!wrongKey.isEmpty()) {
            return refused(wrongKey);
        }
        boolean generated = !version.isEmpty() && !declared.contains(version);
        if (generated && !holdsClock(meta, version)) {
            return refused("its version column '" + version + "' is not among the columns");
        }
        String deleteRefusal =
                mark.isEmpty() ? "its ReplacingMergeTree has no is_deleted column" : "";
        return new Upserts(
                "",
                deleteRefusal,
                generated ? version : "",
                mark,
                !generated,
                !version.isEmpty() && !generated);
    }

    private static Upserts refused(String reason) {
        return new Upserts(reason, reason, "", "", false, false);
    }

    private static String wrongKey(TableMeta meta, List<String> primaryKey) {
        List<String> columns = meta.columns().stream().map(ColumnMeta::name).toList();
        for (String key : primaryKey) {
            if (!meta.sortingKey().contains(key)) {
                return "its ORDER BY ("
                        + String.join(", ", meta.sortingKey())
                        + ") lacks the"
                        + " primary key column '"
                        + key
                        + "'";
            }
        }
        for (String part : meta.sortingKey()) {
            Set<String> used = KeyText.columnsIn(part, columns);
            if (!primaryKey.containsAll(used)) {
                return "its ORDER BY has '"
                        + part
                        + "', which is not part of the primary key, so"
                        + " two versions of one row could stay";
            }
        }
        return "";
    }

    private static boolean holdsClock(TableMeta meta, String version) {
        ClickHouseType type = meta.column(version).map(ColumnMeta::type).orElse(null);
        return type != null
                && type.width() == 8
                && (type.kind() == TypeKind.UNSIGNED || type.kind() == TypeKind.SIGNED);
    }
}
