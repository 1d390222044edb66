// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.codec.WrittenColumn;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL of a writer. Every name of the user passes through {@link
 * io.velo.flink.postgres.sql.Identifier#quoted}; the names in temporary tables are Velo's own.
 * Immutable, therefore thread-safe.
 */
final class TargetStatements {

    /** The temporary table with rows to insert. */
    static final String ROWS = "pg_temp.velo_rows";

    /** The temporary table with rows to delete. */
    static final String DELETIONS = "pg_temp.velo_deletions";

    private final WriteTarget target;
    private final TargetTable table;

    TargetStatements(WriteTarget target, TargetTable table) {
        this.target = target;
        this.table = table;
    }

    /** COPY straight into this table, which has the columns of the target. */
    String copyInto(String relation) {
        return "COPY " + relation + " (" + names() + ") FROM STDIN (FORMAT binary)";
    }

    /** COPY into a temporary table. */
    String copyIntoTemporary(String relation) {
        return "COPY " + relation + " FROM STDIN (FORMAT binary)";
    }

    /** Makes a temporary table for the first so many columns, empty after each transaction. */
    String createTemporary(String relation, int columns) {
        String list =
                IntStream.range(0, columns)
                        .mapToObj(i -> "c" + i + " " + table.columns().get(i).wire().sql())
                        .collect(Collectors.joining(", "));
        String name = relation.substring(relation.indexOf('.') + 1);
        return "CREATE TEMPORARY TABLE IF NOT EXISTS "
                + name
                + " ("
                + list
                + ") ON COMMIT DELETE ROWS";
    }

    /** The rows of a temporary table, in the order in which they were copied if asked for. */
    static String temporary(String relation) {
        return "(SELECT *, ctid AS n FROM " + relation + ") AS s";
    }

    /** The rows of arrays, one parameter each. */
    static String arrays(int columns) {
        return "unnest("
                + list(columns, i -> "?")
                + ") WITH ORDINALITY AS s("
                + list(columns, i -> "c" + i)
                + ", n)";
    }

    /** Inserts the rows of a source into another table with the written columns. */
    String insertInto(String relation, String source) {
        return "INSERT INTO "
                + relation
                + " ("
                + names()
                + ") SELECT "
                + list(table.columns().size(), this::value)
                + " FROM "
                + source;
    }

    /** Inserts the rows of a source, on conflict as the target says. */
    String insert(String source) {
        String rows = "SELECT " + list(table.columns().size(), this::value) + " FROM " + source;
        boolean distinct = target.isUpsert() && table.loose();
        if (distinct) {
            rows =
                    "SELECT DISTINCT ON ("
                            + list(table.keySize(), i -> Integer.toString(i + 1))
                            + ") "
                            + list(table.columns().size(), this::value)
                            + " FROM "
                            + source
                            + " ORDER BY "
                            + list(table.keySize(), i -> Integer.toString(i + 1))
                            + latestFirst();
        }
        return "INSERT INTO "
                + target.table().quoted()
                + " AS t ("
                + names()
                + ")"
                + (table.overriding() ? " OVERRIDING SYSTEM VALUE " : " ")
                + rows
                + onConflict();
    }

    private String latestFirst() {
        int version = version();
        String first = version < 0 ? "" : ", " + value(version) + " DESC NULLS LAST";
        return first + ", s.n DESC";
    }

    private String onConflict() {
        if (target.onConflict() == OnConflict.IGNORE) {
            return " ON CONFLICT" + (table.keySize() == 0 ? "" : keyTarget()) + " DO NOTHING";
        }
        if (!target.isUpsert()) {
            return "";
        }
        List<WrittenColumn> others =
                table.columns().subList(table.keySize(), table.columns().size());
        if (others.isEmpty()) {
            return " ON CONFLICT" + keyTarget() + " DO NOTHING";
        }
        String set =
                others.stream()
                        .map(c -> c.column().quoted())
                        .map(name -> name + " = EXCLUDED." + name)
                        .collect(Collectors.joining(", "));
        return " ON CONFLICT" + keyTarget() + " DO UPDATE SET " + set + condition(others);
    }

    private String condition(List<WrittenColumn> others) {
        String newer = "";
        if (version() >= 0) {
            String name = column(version());
            newer = "(t." + name + " IS NULL OR EXCLUDED." + name + " >= t." + name + ")";
        }
        if (!target.skipUnchanged()) {
            return newer.isEmpty() ? "" : " WHERE " + newer;
        }
        String changed =
                others.stream()
                        .map(c -> c.column().quoted())
                        // Text, because not every type can be compared.
                        .map(n -> "t." + n + "::text IS DISTINCT FROM EXCLUDED." + n + "::text")
                        .collect(Collectors.joining(" OR ", "(", ")"));
        return " WHERE " + changed + (newer.isEmpty() ? "" : " AND " + newer);
    }

    /** Deletes the rows whose keys a source has. */
    String delete(String source) {
        String newer = "";
        if (version() >= 0) {
            String name = "t." + column(version());
            String value = value(version());
            newer = " AND (" + name + " IS NULL OR " + value + " IS NULL OR ";
            newer += value + " >= " + name + ")";
        }
        return "DELETE FROM "
                + target.table().quoted()
                + " AS t USING "
                + source
                + " WHERE "
                + IntStream.range(0, table.keySize())
                        .mapToObj(i -> "t." + column(i) + " = " + value(i))
                        .collect(Collectors.joining(" AND "))
                + newer;
    }

    /** How many columns a deletion has. */
    int deleteSize() {
        return version() < 0 ? table.keySize() : table.columns().size();
    }

    private int version() {
        for (int i = 0; i < table.fields().length; i++) {
            if (table.fields()[i] == target.versionField()) {
                return i;
            }
        }
        return -1;
    }

    private String value(int column) {
        return table.columns().get(column).cast("s.c" + column);
    }

    private String column(int position) {
        return table.columns().get(position).column().quoted();
    }

    private String keyTarget() {
        return " (" + list(table.keySize(), this::column) + ")";
    }

    private String names() {
        return list(table.columns().size(), this::column);
    }

    private static String list(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(", "));
    }
}
