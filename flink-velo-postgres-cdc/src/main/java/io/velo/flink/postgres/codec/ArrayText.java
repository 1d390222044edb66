// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text form of arrays of one dimension. Stateless, therefore thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/arrays.html, "Array Input and Output Syntax".
 */
final class ArrayText {

    private ArrayText() {}

    /**
     * The elements, null where one is NULL; bounds in front are dropped.
     *
     * @throws IllegalArgumentException if it has several dimensions
     */
    static List<String> elements(String text) {
        int at = text.charAt(0) == '[' ? text.indexOf('=') + 1 : 0;
        List<String> elements = new ArrayList<>();
        at++;
        while (text.charAt(at) != '}') {
            if (text.charAt(at) == '{') {
                throw new IllegalArgumentException("several dimensions");
            }
            StringBuilder element = new StringBuilder();
            boolean quoted = text.charAt(at) == '"';
            at = quoted ? quoted(text, at + 1, element) : plain(text, at, element);
            boolean isNull = !quoted && element.toString().equalsIgnoreCase("NULL");
            elements.add(isNull ? null : element.toString());
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        return elements;
    }

    private static int quoted(String text, int from, StringBuilder element) {
        int at = from;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            element.append(text.charAt(at++));
        }
        return at + 1;
    }

    private static int plain(String text, int from, StringBuilder element) {
        int at = from;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            element.append(text.charAt(at++));
        }
        return at;
    }
}
