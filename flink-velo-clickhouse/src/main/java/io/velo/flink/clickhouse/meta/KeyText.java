// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes the text of a sorting or partition key apart. */
public final class KeyText {

    private KeyText() {}

    /** The expressions between the commas of the key; quoted plain names without their quotes. */
    public static List<String> parts(String key) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char quote = 0;
        for (int i = 0; i <= key.length(); i++) {
            char c = i < key.length() ? key.charAt(i) : ',';
            if (quote != 0 && i < key.length()) {
                quote = c == quote && key.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '`' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && (depth == 0 || i == key.length())) {
                add(parts, key.substring(start, i).trim());
                start = i + 1;
            }
        }
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (part.equals("tuple()")) {
            return;
        }
        if (part.startsWith("(") && closing(part) == part.length() - 1) {
            parts.addAll(parts(part.substring(1, part.length() - 1)));
            return;
        }
        boolean quoted = part.length() > 1 && part.startsWith("`") && part.endsWith("`");
        String plain = quoted ? part.substring(1, part.length() - 1) : part;
        if (!plain.isEmpty()) {
            parts.add(plain);
        }
    }

    /** The position of the parenthesis that closes the first one. */
    private static int closing(String part) {
        int depth = 0;
        for (int i = 0; i < part.length(); i++) {
            depth += part.charAt(i) == '(' ? 1 : part.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Which of the columns the expression mentions. */
    public static Set<String> columnsIn(String expression, Collection<String> columns) {
        Set<String> found = new HashSet<>();
        for (String column : columns) {
            if (mentions(expression, column)) {
                found.add(column);
            }
        }
        return found;
    }

    private static boolean mentions(String expression, String column) {
        int at = expression.indexOf(column);
        while (at >= 0) {
            int end = at + column.length();
            boolean starts = at == 0 || !isNamePart(expression.charAt(at - 1));
            boolean ends = end == expression.length() || !isNamePart(expression.charAt(end));
            if (starts && ends) {
                return true;
            }
            at = expression.indexOf(column, at + 1);
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
