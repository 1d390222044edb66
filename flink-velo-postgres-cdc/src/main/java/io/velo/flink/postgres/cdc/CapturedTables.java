// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import io.velo.flink.postgres.sql.TableName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables are captured: one by its name, or those that patterns name. In a pattern {@code *}
 * stands for any text; all else stands for itself. Immutable, therefore thread-safe.
 *
 * @param single the one table, or empty
 * @param patterns schema and table patterns, if there is no single table
 * @param only names of tables to which a query is restricted; empty for all
 */
public record CapturedTables(Optional<TableName> single, List<Pattern> patterns, Set<String> only)
        implements Serializable {

    /**
     * Tables of schemas.
     *
     * @param schema pattern of the schema
     * @param table pattern of the table
     */
    public record Pattern(String schema, String table) implements Serializable {

        boolean matches(TableName name) {
            return matches(schema, name.schema().name()) && matches(table, name.table().name());
        }

        private static boolean matches(String pattern, String text) {
            StringBuilder expression = new StringBuilder();
            pattern.chars()
                    .forEach(
                            c ->
                                    expression.append(
                                            c == '*'
                                                    ? ".*"
                                                    : java.util.regex.Pattern.quote(
                                                            String.valueOf((char) c))));
            return text.matches("(?s)" + expression);
        }
    }

    public CapturedTables {
        patterns = List.copyOf(patterns);
        only = Set.copyOf(only);
    }

    /** One table. */
    public static CapturedTables of(TableName table) {
        return new CapturedTables(Optional.of(table), List.of(), Set.of());
    }

    /** What tables are chosen by, as a text: the same for the same choice. */
    public String asked() {
        return single.map(table -> "table " + table.quoted())
                .orElseGet(
                        () ->
                                "tables "
                                        + patterns.stream().map(Pattern::toString).sorted().toList()
                                        + (only.isEmpty() ? "" : " only " + new TreeSet<>(only)));
    }

    /** Whether a table is meant. */
    public boolean contains(TableName table) {
        if (single.isPresent()) {
            return single.get().equals(table);
        }
        return (only.isEmpty() || only.contains(table.table().name()))
                && patterns.stream().anyMatch(pattern -> pattern.matches(table));
    }

    // Optional is not serializable, so the record travels as its parts.
    private Object writeReplace() {
        return new Parts(
                single.orElse(null), patterns.toArray(Pattern[]::new), only.toArray(String[]::new));
    }

    private record Parts(TableName single, Pattern[] patterns, String[] only)
            implements Serializable {

        private Object readResolve() {
            return new CapturedTables(Optional.ofNullable(single), List.of(patterns), Set.of(only));
        }
    }
}
