// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

/**
 * Text as ClickHouse writes it into its SQL and its TabSeparated format: a backslash changes the
 * meaning of the character behind it. Stateless, therefore thread-safe.
 */
public final class EscapedText {

    private EscapedText() {}

    /** The text with its escapes resolved; a backslash at its end stays. */
    public static String plain(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\' && i + 1 < escaped.length()) {
                c = character(escaped.charAt(++i));
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static char character(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '0' -> '\0';
            default -> escaped;
        };
    }
}
