// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random table. Immutable.
 *
 * @param keys the columns of the primary key
 * @param values the other columns
 * @param identity what the server logs of a row before its change
 */
public record CapturedTable(
        List<CapturedColumn> keys, List<CapturedColumn> values, Identity identity) {

    /** Its name. */
    static final String NAME = "captured";

    private static final Set<ColumnKind> KEY_KINDS =
            EnumSet.of(ColumnKind.INTEGER, ColumnKind.LONG, ColumnKind.TEXT, ColumnKind.UUID);

    private static final int FIRST_KEYS = 50;

    /** What the server logs of a row before its change. */
    public enum Identity {
        /** Its key. */
        DEFAULT,
        /** All of it. */
        FULL
    }

    /** The table that this seed gives. */
    public static CapturedTable random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Identity identity = Identity.values()[random.nextInt(Identity.values().length)];
        List<CapturedColumn> keys = new ArrayList<>();
        int keyColumns = random.nextInt(1, 3);
        for (int i = 0; i < keyColumns; i++) {
            keys.add(new CapturedColumn("k" + i, any(KEY_KINDS, random)));
        }
        List<CapturedColumn> values = new ArrayList<>();
        Set<ColumnKind> kinds = EnumSet.allOf(ColumnKind.class);
        int valueColumns = random.nextInt(3, 9);
        for (int i = 0; i < valueColumns; i++) {
            values.add(new CapturedColumn("Value " + i, any(kinds, random)));
        }
        values.add(new CapturedColumn("large", ColumnKind.LARGE_TEXT));
        return new CapturedTable(List.copyOf(keys), List.copyOf(values), identity);
    }

    private static ColumnKind any(Set<ColumnKind> kinds, SplittableRandom random) {
        return List.copyOf(EnumSet.copyOf(kinds)).get(random.nextInt(kinds.size()));
    }

    /** All columns, those of the key first. */
    List<CapturedColumn> columns() {
        return Stream.concat(keys.stream(), values.stream()).toList();
    }

    /** The statements that make the table and the publication for Debezium. */
    String create() {
        return "CREATE TABLE "
                + NAME
                + " ("
                + list(columns(), column -> column.quoted() + " " + column.kind().postgres())
                + ", PRIMARY KEY ("
                + list(keys, CapturedColumn::quoted)
                + ")); ALTER TABLE "
                + NAME
                + " ALTER COLUMN large SET STORAGE EXTERNAL; ALTER TABLE "
                + NAME
                + " REPLICA IDENTITY "
                + identity
                + "; CREATE PUBLICATION oracle FOR TABLE "
                + NAME;
    }

    /** The key's values for a number, as SQL; different for different numbers. */
    List<String> key(int number) {
        List<String> literals = new ArrayList<>();
        int rest = number;
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            literals.add(keyLiteral(keys.get(i).kind(), last ? rest : rest % FIRST_KEYS));
            rest = last ? rest : rest / FIRST_KEYS;
        }
        return literals;
    }

    private static String keyLiteral(ColumnKind kind, int number) {
        return switch (kind) {
            case INTEGER, LONG -> Integer.toString(number * 7);
            case UUID -> "md5('" + number + "')::uuid";
            default -> "'key ä" + number + "'";
        };
    }

    /** {@code (k0, k1) = (…)}. */
    String whereKey(int number) {
        return "("
                + list(keys, CapturedColumn::quoted)
                + ") = ("
                + String.join(", ", key(number))
                + ")";
    }

    /** A random row with this key, as SQL between parentheses. */
    String row(int number, SplittableRandom random) {
        return "("
                + Stream.concat(
                                key(number).stream(),
                                values.stream().map(column -> column.kind().random(random)))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Writes rows, each of them new or in the place of one with its key. */
    String upsert(List<String> rows) {
        return "INSERT INTO "
                + NAME
                + " ("
                + list(columns(), CapturedColumn::quoted)
                + ") VALUES "
                + String.join(", ", rows)
                + " ON CONFLICT ("
                + list(keys, CapturedColumn::quoted)
                + ") DO UPDATE SET "
                + list(values, column -> column.quoted() + " = excluded." + column.quoted());
    }

    /**
     * Sets some columns of a row. Where the server does not log the row before, the large columns
     * are always among them: nobody can know them otherwise.
     */
    String update(int number, SplittableRandom random) {
        List<String> set = new ArrayList<>();
        int first = random.nextInt(values.size());
        set(set, values.get(first), random);
        CapturedColumn large = values.get(values.size() - 1);
        if (identity == Identity.DEFAULT) {
            for (CapturedColumn column : values) {
                if (column.kind() == ColumnKind.LARGE_TEXT && column != values.get(first)) {
                    set(set, column, random);
                }
            }
        } else if (identity == Identity.FULL
                && random.nextInt(4) == 0
                && first != values.size() - 1) {
            set(set, large, random);
        }
        return "UPDATE " + NAME + " SET " + String.join(", ", set) + " WHERE " + whereKey(number);
    }

    private static void set(List<String> set, CapturedColumn column, SplittableRandom random) {
        set.add(column.quoted() + " = " + column.kind().random(random));
    }

    /** Gives a row another key, and where need be another large value. */
    String updateKey(int number, int newNumber, SplittableRandom random) {
        List<String> set = new ArrayList<>();
        List<String> key = key(newNumber);
        for (int i = 0; i < keys.size(); i++) {
            set.add(keys.get(i).quoted() + " = " + key.get(i));
        }
        if (identity == Identity.DEFAULT) {
            values.stream()
                    .filter(column -> column.kind() == ColumnKind.LARGE_TEXT)
                    .forEach(column -> set(set, column, random));
        }
        return "UPDATE " + NAME + " SET " + String.join(", ", set) + " WHERE " + whereKey(number);
    }

    /** Reads the table, each value as {@code ColumnText} would say it. */
    String select() {
        return "SELECT "
                + list(columns(), column -> column.kind().asText(column.quoted()))
                + " FROM "
                + NAME;
    }

    /** The columns of the Flink table. */
    String flinkColumns() {
        return list(columns(), column -> "`" + column.name() + "` " + column.kind().flink());
    }

    /** The names of the key's columns, quoted for Flink. */
    String flinkKey() {
        return list(keys, column -> "`" + column.name() + "`");
    }

    private static String list(
            List<CapturedColumn> columns, Function<CapturedColumn, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }
}
