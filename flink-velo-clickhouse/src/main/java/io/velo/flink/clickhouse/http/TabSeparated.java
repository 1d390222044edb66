// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.util.ArrayList;
import java.util.List;

/** Rows of the TabSeparated format, for the small answers of metadata queries. */
final class TabSeparated {

    private TabSeparated() {}

    static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            List<String> fields = new ArrayList<>();
            for (String field : text.substring(start, end).split("\t", -1)) {
                fields.add(unescape(field));
            }
            rows.add(fields);
            start = end + 1;
        }
        return rows;
    }

    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                c = character(field.charAt(++i));
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
