// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a table takes new versions and removals of rows: which engine column says what is newer and
 * which one marks a removal. Immutable, therefore thread-safe.
 *
 * <p>ReplacingMergeTree, CoalescingMergeTree, CollapsingMergeTree and VersionedCollapsingMergeTree
 * do, and only if their ORDER BY is the primary key. Columns of the engine that the Flink table
 * does not declare are filled by Velo: the version of a ReplacingMergeTree by a clock, the mark and
 * the sign by the kind of the change. Where no generated version says what is newer, the server
 * takes the row that came last, so blocks are sent one after the other.
 *
 * @param updateRefusal why new versions are impossible, or empty
 * @param deleteRefusal why removals are impossible, or empty
 * @param version the version column that Velo fills, or empty
 * @param deleteMark the column that marks removals, or empty
 * @param sign the column that says whether a row counts or cancels another, or empty
 * @param deletes what becomes of removals
 * @param ordered whether blocks must arrive in the order of the rows
 * @param fullDeletes whether a removal must carry all columns and not the key only
 */
record Upserts(
        String updateRefusal,
        String deleteRefusal,
        String version,
        String deleteMark,
        String sign,
        Deletes deletes,
        boolean ordered,
        boolean fullDeletes) {

    /** What becomes of removals. */
    enum Deletes {
        /** There may be none. */
        REFUSED,
        /** They are rows, marked or signed. */
        ROWS,
        /** They are left out. */
        IGNORED,
        /** A DELETE statement removes the rows of their keys. */
        STATEMENT
    }

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
     * @param mode what the user wants of removals that the engine has no rows for
     */
    static Upserts of(
            TableMeta meta, List<String> declared, List<String> primaryKey, DeleteMode mode) {
        Upserts engine =
                switch (meta.engine().name()) {
                    case "ReplacingMergeTree" -> replacing(meta, declared, primaryKey);
                    case "CollapsingMergeTree", "VersionedCollapsingMergeTree" ->
                            collapsing(meta, declared, primaryKey);
                    case "CoalescingMergeTree" -> coalescing(meta, primaryKey);
                    default -> refused("its engine " + meta.engine().name() + " keeps every row");
                };
        return engine.deletes != Deletes.REFUSED ? engine : engine.with(mode, primaryKey);
    }

    private Upserts with(DeleteMode mode, List<String> primaryKey) {
        Deletes how =
                switch (mode) {
                    case FAIL -> Deletes.REFUSED;
                    case IGNORE -> Deletes.IGNORED;
                    case LIGHTWEIGHT ->
                            primaryKey.isEmpty() || !updateRefusal.isEmpty()
                                    ? Deletes.REFUSED
                                    : Deletes.STATEMENT;
                };
        return how == Deletes.REFUSED
                ? this
                : new Upserts(
                        updateRefusal, "", version, deleteMark, sign, how, ordered, fullDeletes);
    }

    /** Whether the rows before updates must come too. */
    boolean retracts() {
        return !sign.isEmpty();
    }

    private static Upserts coalescing(TableMeta meta, List<String> primaryKey) {
        String wrongKey =
                primaryKey.isEmpty() ? WITHOUT_KEY.updateRefusal() : wrongKey(meta, primaryKey);
        return wrongKey.isEmpty()
                ? new Upserts(
                        "",
                        "its CoalescingMergeTree cannot remove rows",
                        "",
                        "",
                        "",
                        Deletes.REFUSED,
                        true,
                        false)
                : refused(wrongKey);
    }

    private static Upserts collapsing(
            TableMeta meta, List<String> declared, List<String> primaryKey) {
        List<String> arguments = meta.engine().arguments();
        String sign = arguments.isEmpty() ? "" : arguments.get(0);
        String version = arguments.size() < 2 ? "" : arguments.get(1);
        String wrong = "";
        if (!version.isEmpty() && !declared.contains(version)) {
            wrong =
                    "the Flink table does not declare its version column '"
                            + version
                            + "', and a row that cancels another must have the same version";
        } else if (primaryKey.isEmpty()) {
            wrong = WITHOUT_KEY.updateRefusal();
        } else {
            // The server itself puts the version behind the key.
            List<String> key = new ArrayList<>(meta.sortingKey());
            key.remove(version);
            wrong = wrongKey(meta, key, primaryKey);
        }
        // Without a key it takes insertions, which need their sign as well.
        return new Upserts(
                wrong,
                wrong,
                "",
                "",
                sign,
                wrong.isEmpty() ? Deletes.ROWS : Deletes.REFUSED,
                version.isEmpty(),
                true);
    }

    private static Upserts replacing(
            TableMeta meta, List<String> declared, List<String> primaryKey) {
        List<String> arguments = meta.engine().arguments();
        String version = arguments.isEmpty() ? "" : arguments.get(0);
        String mark = arguments.size() < 2 ? "" : arguments.get(1);
        if (primaryKey.isEmpty()) {
            boolean ours = version.equals(VERSION_COLUMN) && !declared.contains(version);
            String reason = WITHOUT_KEY.updateRefusal();
            return new Upserts(
                    reason, reason, ours ? version : "", "", "", Deletes.REFUSED, false, false);
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
                "",
                mark.isEmpty() ? Deletes.REFUSED : Deletes.ROWS,
                !generated,
                !version.isEmpty() && !generated);
    }

    private static Upserts refused(String reason) {
        return new Upserts(reason, reason, "", "", "", Deletes.REFUSED, false, false);
    }

    private static String wrongKey(TableMeta meta, List<String> primaryKey) {
        return wrongKey(meta, meta.sortingKey(), primaryKey);
    }

    private static String wrongKey(
            TableMeta meta, List<String> sortingKey, List<String> primaryKey) {
        List<String> columns = meta.columns().stream().map(ColumnMeta::name).toList();
        for (String key : primaryKey) {
            if (!sortingKey.contains(key)) {
                return "its ORDER BY ("
                        + String.join(", ", sortingKey)
                        + ") lacks the"
                        + " primary key column '"
                        + key
                        + "'";
            }
        }
        for (String part : sortingKey) {
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
