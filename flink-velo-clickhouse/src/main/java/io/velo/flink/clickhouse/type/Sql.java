// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes names and texts into ClickHouse SQL so that they cannot end what they stand in. */
public final class Sql {

    /** Names that the server quotes although they look like names. */
    private static final Set<String> QUOTED =
            Set.of("distinct", "all", "table", "select", "from", "null");

    private Sql() {}

    /** A quoted identifier. */
    public static String name(String identifier) {
        return "`" + identifier.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    /** A quoted table with its database. */
    public static String table(String database, String table) {
        return name(database) + "." + name(table);
    }

    /** Quoted identifiers with commas between them. */
    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /** A quoted text. */
    public static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Quoted texts with commas between them. */
    public static String texts(Collection<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(", "));
    }

    /**
     * The name of a tuple's field within a type, in back ticks only where the server prints them:
     * formats that name types compare their texts.
     */
    public static String fieldName(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
        return plain && !QUOTED.contains(name.toLowerCase(Locale.ROOT)) ? name : name(name);
    }
}
