// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.template.Segment;
import io.velo.flink.common.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys belong to a table, for sampling. A text with a wildcard ({@code *}, {@code ?}, {@code
 * [}) is a glob of Redis, in which braces are literal; any other text is a key template, whose
 * columns can be read back from the keys. Immutable, therefore thread-safe.
 */
final class KeyPattern {

    private static final String ANY = "*";

    private final String glob;
    private final Pattern shape;
    private final List<String> columns;

    private KeyPattern(String glob, Pattern shape, List<String> columns) {
        this.glob = glob;
        this.shape = shape;
        this.columns = columns;
    }

    /** The keys of a table; all keys of the database if it does not say. */
    static KeyPattern of(RedisTable table) {
        String text = table.keyPattern().orElse(ANY);
        if (text.matches("(?s).*[*?\\[].*")) {
            return new KeyPattern(text, Pattern.compile(".*", Pattern.DOTALL), List.of());
        }
        StringBuilder glob = new StringBuilder();
        StringBuilder shape = new StringBuilder();
        List<String> columns = new ArrayList<>();
        for (Segment segment : Template.parse(text).segments()) {
            if (segment instanceof Segment.Literal literal) {
                glob.append(literal.text().replace("\\", "\\\\"));
                shape.append(Pattern.quote(literal.text()));
            } else {
                glob.append(ANY);
                shape.append(segment instanceof Segment.Column ? "(.+?)" : ".+?");
                if (segment instanceof Segment.Column column) {
                    columns.add(column.name());
                }
            }
        }
        return new KeyPattern(
                glob.toString(), Pattern.compile(shape.toString(), Pattern.DOTALL), columns);
    }

    /** The glob that SCAN understands. */
    String glob() {
        return glob;
    }

    /** The columns that stand in the keys, each once, in their order. */
    List<String> columns() {
        return columns.stream().distinct().toList();
    }

    /** The texts of the columns in a key; empty if the key does not have the template's shape. */
    Map<String, String> valuesOf(String key) {
        Matcher matcher = shape.matcher(key);
        Map<String, String> values = new LinkedHashMap<>();
        if (matcher.matches()) {
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), matcher.group(i + 1));
            }
        }
        return values;
    }
}
