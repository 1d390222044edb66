// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the value of options that are one character, such as {@code delimiter}: the character
 * itself, {@code \t}, or one of the names comma, tab, pipe, semicolon and space.
 */
public final class OneCharacter {

    private static final Map<String, Character> NAMES =
            Map.of("comma", ',', "tab", '\t', "pipe", '|', "semicolon", ';', "space", ' ');

    private OneCharacter() {}

    /**
     * The character that the value means.
     *
     * @param option the name of the option, for the message
     * @param value decoded
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-001} if it means none
     */
    public static char parse(String option, String value) {
        if (value.length() == 1) {
            return value.charAt(0);
        }
        if (value.equals("\\t")) {
            return '\t';
        }
        Character named = NAMES.get(value.toLowerCase(Locale.ROOT));
        if (named == null) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "The value of '" + option + "' is not one character.")
                    .at(option)
                    .remedy(
                            "Write the character itself, %09 or \\t for a tab, or one of: comma,"
                                    + " pipe, semicolon, space, tab.")
                    .toException();
        }
        return named;
    }
}
