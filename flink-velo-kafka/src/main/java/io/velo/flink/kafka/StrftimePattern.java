// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;

/**
 * Reads patterns of the C function strftime, as far as they can be parsed without a locale.
 * Stateless, therefore thread-safe.
 */
final class StrftimePattern {

    /** Java's pattern for each conversion that has one. */
    private static final Map<Character, String> JAVA =
            Map.ofEntries(
                    Map.entry('Y', "uuuu"),
                    Map.entry('y', "uu"),
                    Map.entry('m', "MM"),
                    Map.entry('d', "dd"),
                    Map.entry('e', "ppd"),
                    Map.entry('j', "DDD"),
                    Map.entry('H', "HH"),
                    Map.entry('I', "hh"),
                    Map.entry('M', "mm"),
                    Map.entry('S', "ss"),
                    Map.entry('L', "SSS"),
                    Map.entry('p', "a"),
                    Map.entry('b', "MMM"),
                    Map.entry('h', "MMM"),
                    Map.entry('B', "MMMM"),
                    Map.entry('a', "EEE"),
                    Map.entry('A', "EEEE"),
                    Map.entry('F', "uuuu-MM-dd"),
                    Map.entry('T', "HH:mm:ss"),
                    Map.entry('R', "HH:mm"),
                    Map.entry('D', "MM/dd/uu"));

    private StrftimePattern() {}

    /**
     * The formatter of a pattern.
     *
     * @throws IllegalArgumentException if it has an unknown conversion
     */
    static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                builder.appendLiteral(c);
            } else if (++i < pattern.length()) {
                append(builder, pattern.charAt(i));
            } else {
                throw new IllegalArgumentException("The pattern ends in %.");
            }
        }
        return builder.toFormatter(Locale.ENGLISH);
    }

    private static void append(DateTimeFormatterBuilder builder, char conversion) {
        switch (conversion) {
            case '%' -> builder.appendLiteral('%');
            case 'n' -> builder.appendLiteral('\n');
            case 't' -> builder.appendLiteral('\t');
            case 'f' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
            case 's' -> builder.appendValue(ChronoField.INSTANT_SECONDS);
            case 'z' -> builder.appendPattern("[XXX][XX]");
            case 'Z' -> builder.appendZoneOrOffsetId();
            default -> {
                String java = JAVA.get(conversion);
                if (java == null) {
                    throw new IllegalArgumentException("Unknown conversion %" + conversion + ".");
                }
                builder.appendPattern(java);
            }
        }
    }
}
