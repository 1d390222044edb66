// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.ArrayList;
import java.util.List;

/**
 * A type text cut into its name and its arguments, such as {@code Decimal(10, 2)} into {@code
 * Decimal}, {@code 10} and {@code 2}. Commas inside parentheses and quotes do not cut.
 */
record TypeText(String name, List<String> arguments) {

    /** The name and arguments of the text; a text that does not close what it opens is a name. */
    static TypeText parse(String text) {
        String trimmed = text.trim();
        int open = trimmed.indexOf('(');
        if (open < 0 || !trimmed.endsWith(")")) {
            return new TypeText(trimmed, List.of());
        }
        String inside = trimmed.substring(open + 1, trimmed.length() - 1);
        return new TypeText(trimmed.substring(0, open), split(inside));
    }

    private static List<String> split(String inside) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\'' || c == '`') {
                i = endOfQuote(inside, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(inside.substring(start, i).trim());
                start = i + 1;
            }
        }
        String last = inside.substring(start).trim();
        if (!last.isEmpty()) {
            parts.add(last);
        }
        return parts;
    }

    /** The position of the quote that closes the one at {@code from}, or the end of the text. */
    static int endOfQuote(String text, int from) {
        char quote = text.charAt(from);
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return text.length() - 1;
    }

    /**
     * Where the name of a tuple's field ends, such as {@code a} in {@code a Int8}; 0 if the text is
     * a type without a name.
     */
    static int endOfName(String text) {
        if (text.startsWith("`")) {
            return endOfQuote(text, 0) + 1;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                return i;
            }
            if (c == '(') {
                return 0;
            }
        }
        return 0;
    }

    /** The name of a tuple's field without its quotes. */
    static String plainName(String text, int end) {
        String name = text.substring(0, end);
        return name.startsWith("`") ? unquote(name) : name;
    }

    /** The text between two single quotes with its escapes resolved. */
    static String unquote(String quoted) {
        return quoted.length() < 2
                ? ""
                : EscapedText.plain(quoted.substring(1, quoted.length() - 1));
    }
}
