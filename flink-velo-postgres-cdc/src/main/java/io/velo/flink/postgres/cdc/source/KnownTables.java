// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tables of a capture, and as what they were asked for. Immutable, therefore thread-safe.
 *
 * @param asked what the tables were chosen by; another text means another choice
 * @param tables the tables that were found for it
 */
public record KnownTables(String asked, List<KnownTable> tables) {

    /** None, and nothing was asked for. */
    static final KnownTables NONE = new KnownTables("", List.of());

    /**
     * A table.
     *
     * @param name its name
     * @param oid the number that the server gave it: a table that was dropped and made again under
     *     the same name has another one
     */
    public record KnownTable(TableName name, int oid) {}

    public KnownTables {
        tables = List.copyOf(tables);
    }

    /** The names, in their order. */
    List<TableName> names() {
        return tables.stream().map(KnownTable::name).toList();
    }

    /** The numbers that the server gave the tables, in their order. */
    Map<TableName, Integer> numbers() {
        Map<TableName, Integer> numbers = new LinkedHashMap<>();
        tables.forEach(table -> numbers.put(table.name(), table.oid()));
        return numbers;
    }

    /** Those tables of these that are chosen now, then the new ones. */
    KnownTables changed(String nowAsked, Predicate<TableName> kept, List<KnownTable> added) {
        List<KnownTable> all = new ArrayList<>(tables);
        all.removeIf(table -> !kept.test(table.name()));
        all.addAll(added);
        return new KnownTables(nowAsked, all);
    }
}
