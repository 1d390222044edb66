// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change as one line of text between the child JVM and its parent: fields between tabs, escaped
 * with backslashes, a missing one being {@code \N}; first operation, table, LSN, transaction and
 * the number of columns before, then names and values of the columns before and after.
 */
final class ChangeLine {

    private static final String NULL = "\\N";
    private static final int FIXED_FIELDS = 5;

    private ChangeLine() {}

    static String write(
            String operation,
            String table,
            long lsn,
            long transaction,
            Map<String, String> before,
            Map<String, String> after) {
        List<String> fields = new ArrayList<>();
        fields.add(operation);
        fields.add(table);
        fields.add(Long.toString(lsn));
        fields.add(Long.toString(transaction));
        fields.add(Integer.toString(before.size()));
        for (Map<String, String> row : List.of(before, after)) {
            row.forEach(
                    (name, value) -> {
                        fields.add(name);
                        fields.add(value);
                    });
        }
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            line.append(line.length() == 0 ? "" : "\t").append(escape(field));
        }
        return line.toString();
    }

    static DebeziumChange read(String line) {
        String[] fields = line.split("\t", -1);
        int columnsBefore = Integer.parseInt(fields[FIXED_FIELDS - 1]);
        int afterBegins = FIXED_FIELDS + 2 * columnsBefore;
        return new DebeziumChange(
                DebeziumChange.Operation.ofCode(fields[0]),
                unescape(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                row(fields, FIXED_FIELDS, afterBegins),
                row(fields, afterBegins, fields.length));
    }

    private static Map<String, String> row(String[] fields, int begin, int end) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = begin; i < end; i += 2) {
            row.put(unescape(fields[i]), unescape(fields[i + 1]));
        }
        return row;
    }

    private static String escape(String field) {
        return field == null
                ? NULL
                : field.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }

    private static String unescape(String field) {
        if (field.equals(NULL)) {
            return null;
        }
        StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char character = field.charAt(i);
            if (character != '\\') {
                text.append(character);
                continue;
            }
            char escaped = field.charAt(++i);
            text.append(
                    switch (escaped) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
        }
        return text.toString();
    }
}
