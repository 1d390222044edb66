// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The engine of a table: its family name and its arguments. {@code Replicated} and {@code Shared}
 * in front, and the two arguments that go with them, are left out. Immutable, therefore
 * thread-safe.
 *
 * @param name such as ReplacingMergeTree
 * @param arguments such as version and is_deleted
 */
public record Engine(String name, List<String> arguments) implements Serializable {

    private static final Set<String> MERGING =
            Set.of(
                    "ReplacingMergeTree",
                    "CollapsingMergeTree",
                    "VersionedCollapsingMergeTree",
                    "CoalescingMergeTree",
                    "SummingMergeTree",
                    "AggregatingMergeTree",
                    "GraphiteMergeTree");

    private static final Set<String> UNIQUE =
            Set.of(
                    "ReplacingMergeTree",
                    "CollapsingMergeTree",
                    "VersionedCollapsingMergeTree",
                    "CoalescingMergeTree");

    public Engine {
        arguments = List.copyOf(arguments);
    }

    /**
     * The engine at the start of this text: an {@code engine} option or {@code engine_full} of
     * {@code system.tables}.
     */
    public static Engine parse(String text) {
        String trimmed = text.trim();
        int end = 0;
        while (end < trimmed.length() && Character.isLetterOrDigit(trimmed.charAt(end))) {
            end++;
        }
        String name = trimmed.substring(0, end);
        List<String> arguments =
                end < trimmed.length() && trimmed.charAt(end) == '('
                        ? arguments(trimmed, end + 1)
                        : List.of();
        for (String prefix : List.of("Replicated", "Shared")) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
                boolean path = arguments.size() >= 2 && arguments.get(0).startsWith("'");
                arguments = path ? arguments.subList(2, arguments.size()) : arguments;
            }
        }
        return new Engine(name, arguments);
    }

    private static List<String> arguments(String text, int from) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        int start = from;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && (c == ',' || c == ')') && depth == 0) {
                add(found, text.substring(start, i));
                start = i + 1;
                if (c == ')') {
                    break;
                }
            } else if (!quoted && c == ')') {
                depth--;
            }
        }
        return found;
    }

    private static void add(List<String> found, String argument) {
        String name = argument.trim();
        if (name.length() > 1 && name.startsWith("`") && name.endsWith("`")) {
            name = name.substring(1, name.length() - 1);
        }
        if (!name.isEmpty()) {
            found.add(name);
        }
    }

    /** Whether it replaces rows of one key by newer ones. */
    public boolean replaces() {
        return name.equals("ReplacingMergeTree");
    }

    /** The column that says which row of a key is newer, or empty. */
    public String versionColumn() {
        int position =
                switch (name) {
                    case "ReplacingMergeTree" -> 0;
                    case "VersionedCollapsingMergeTree" -> 1;
                    default -> Integer.MAX_VALUE;
                };
        return position < arguments.size() ? arguments.get(position) : "";
    }

    /** Whether a reader has to say FINAL to see merged rows. */
    public boolean needsFinal() {
        return MERGING.contains(name);
    }

    /** Whether the sorting key names each row once, when read with FINAL. */
    public boolean keyIsUnique() {
        return UNIQUE.contains(name);
    }

    /** Whether its data is on other servers. */
    public boolean distributed() {
        return name.equals("Distributed");
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? name : name + "(" + String.join(", ", arguments) + ")";
    }
}
