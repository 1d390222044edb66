// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns by which a table is read in order, and SQL text about them. Immutable, therefore
 * thread-safe.
 */
public final class TableKey {

    /** The key of a table that is read by place. */
    static final TableKey PLACE = new TableKey(List.of(), List.of(KeyOrder.PLACE));

    private final List<TableColumn> columns;
    private final List<KeyOrder> orders;

    /** The key of these columns with the order of each. */
    TableKey(List<TableColumn> columns, List<KeyOrder> orders) {
        this.columns = List.copyOf(columns);
        this.orders = List.copyOf(orders);
    }

    /** The columns; none if the table is read by place. */
    public List<TableColumn> columns() {
        return columns;
    }

    /** Names of the columns. */
    public List<String> names() {
        return columns.stream().map(column -> column.name().name()).toList();
    }

    /** Whether the server can read in this order from an index. */
    public boolean isNative() {
        return orders.stream().allMatch(KeyOrder::isNative);
    }

    boolean isAsText(int column) {
        return orders.get(column) == KeyOrder.AS_TEXT;
    }

    /** The key of a point in a form that compares as the server compares. */
    Comparable<?>[] comparables(List<String> values) {
        Comparable<?>[] comparables = new Comparable<?>[values.size()];
        for (int i = 0; i < comparables.length; i++) {
            comparables[i] = orders.get(i).comparable(values.get(i));
        }
        return comparables;
    }

    /** The columns as they stand in ORDER BY and in comparisons. */
    public List<String> expressions(String alias) {
        if (columns.isEmpty()) {
            return List.of(alias + ".ctid");
        }
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = alias + '.' + columns.get(i).name().quoted();
            expressions.add(isAsText(i) ? utf8(text(column)) : column);
        }
        return expressions;
    }

    /**
     * The condition that a row is in a range; empty if every row is. Rows found by their place
     * always have one: with it the server reads them in the order of their places.
     */
    public String condition(String alias, Range range) {
        List<String> conditions = new ArrayList<>();
        String row = row(expressions(alias));
        range.after().ifPresent(point -> conditions.add(row + " > " + row(literals(point))));
        range.upTo().ifPresent(point -> conditions.add(row + " <= " + row(literals(point))));
        if (columns.isEmpty() && conditions.isEmpty()) {
            return row + " >= '(0,0)'::pg_catalog.tid";
        }
        return String.join(" AND ", conditions);
    }

    private static String row(List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : "(" + String.join(", ", parts) + ")";
    }

    private List<String> literals(Point point) {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < point.values().size(); i++) {
            String value = Quoting.literal(point.values().get(i));
            if (columns.isEmpty()) {
                literals.add(value + "::pg_catalog.tid");
            } else if (isAsText(i)) {
                literals.add(utf8(value));
            } else {
                literals.add(value + "::" + columns.get(i).type().sql());
            }
        }
        return literals;
    }

    /** Texts compare here by the bytes of UTF-8, whatever the encoding of the database. */
    private static String utf8(String text) {
        return "pg_catalog.convert_to(" + text + ", 'UTF8')";
    }

    /** The columns as text, in a select list. */
    String texts(String alias) {
        return columns.stream()
                .map(column -> text(alias + '.' + column.name().quoted()))
                .collect(Collectors.joining(", "));
    }

    /** A column as its type's output function prints it, as changes are printed. */
    public static String text(String column) {
        return "format('%s', " + column + ")";
    }
}
