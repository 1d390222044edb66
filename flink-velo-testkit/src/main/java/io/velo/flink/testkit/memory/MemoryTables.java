// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The in-JVM tables by name. They live as long as the JVM or until they are dropped. */
public final class MemoryTables {

    private static final Map<String, MemoryTable> TABLES = new ConcurrentHashMap<>();

    private MemoryTables() {}

    /** The table of this name, made if it is missing. */
    public static MemoryTable get(String name) {
        return TABLES.computeIfAbsent(name, n -> new MemoryTable());
    }

    /** The names of all tables, sorted. */
    public static List<String> names() {
        return TABLES.keySet().stream().sorted().toList();
    }

    /** Forgets a table and its rows. */
    public static void drop(String name) {
        TABLES.remove(name);
    }
}
