// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.DiscoveredTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * Reads the {@code columns} option: {@code id BIGINT, name STRING, tags ARRAY<STRING>}. A name that
 * is not a plain word stands in back-ticks. Stateless, therefore thread-safe.
 */
final class ColumnList {

    private ColumnList() {}

    /**
     * The columns in the order of the text, at least one.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-001} if the text is not such
     *     a list
     */
    static List<Column> parse(String text, ClassLoader classLoader) {
        List<Column> columns = new ArrayList<>();
        for (String part : split(text)) {
            columns.add(column(part.strip(), classLoader));
        }
        return columns;
    }

    private static Column column(String part, ClassLoader classLoader) {
        boolean quoted = part.startsWith("`");
        int end = quoted ? part.indexOf('`', 1) + 1 : firstBlank(part);
        if (end <= (quoted ? 2 : 0)) {
            throw bad(part, "a column is a name and a type, such as id BIGINT", null);
        }
        String name = quoted ? part.substring(1, end - 1) : part.substring(0, end);
        String type = part.substring(end).strip();
        try {
            LogicalType logicalType = LogicalTypeParser.parse(type, classLoader);
            return new Column(name, TypeConversions.fromLogicalToDataType(logicalType), "");
        } catch (RuntimeException e) {
            throw bad(part, "'" + type + "' is not a type of Flink SQL", e);
        }
    }

    /** Splits at the commas outside of brackets and quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '<')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '>')) {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static int firstBlank(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (Character.isWhitespace(part.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static RuntimeException bad(String part, String why, RuntimeException reason) {
        String shown = part.length() > 60 ? part.substring(0, 60) + "…" : part;
        Problem problem =
                Problem.of(
                                ErrorCode.OPTION_VALUE,
                                "Option 'columns' does not hold a list of columns: " + why + ".")
                        .at("'" + shown + "'")
                        .remedy("Write columns=id BIGINT, name STRING.");
        return reason == null ? problem.toException() : problem.toException(reason);
    }
}
