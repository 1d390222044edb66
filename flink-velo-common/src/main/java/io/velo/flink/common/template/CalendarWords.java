// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.template;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The date words of templates. In Java's patterns {@code YYYY} is the week-based year and {@code
 * DD} the day of the year; here they mean what everybody expects.
 */
final class CalendarWords {

    private static final Map<String, DateTimeFormatter> FORMATTERS = new LinkedHashMap<>();

    static {
        FORMATTERS.put("YYYY", DateTimeFormatter.ofPattern("uuuu"));
        FORMATTERS.put("MM", DateTimeFormatter.ofPattern("MM"));
        FORMATTERS.put("DD", DateTimeFormatter.ofPattern("dd"));
        FORMATTERS.put("HH", DateTimeFormatter.ofPattern("HH"));
        FORMATTERS.put("YYYY-MM-DD", DateTimeFormatter.ofPattern("uuuu-MM-dd"));
    }

    private CalendarWords() {}

    static boolean contains(String word) {
        return FORMATTERS.containsKey(word);
    }

    static Set<String> all() {
        return FORMATTERS.keySet();
    }

    static DateTimeFormatter formatter(String word) {
        DateTimeFormatter formatter = FORMATTERS.get(word);
        if (formatter == null) {
            throw new IllegalArgumentException("No date word is called " + word + ".");
        }
        return formatter;
    }
}
