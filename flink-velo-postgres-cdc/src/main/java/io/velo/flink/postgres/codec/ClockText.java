// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/** Prints times of day, zones and fractions of seconds as PostgreSQL's ISO style does. */
final class ClockText {

    private ClockText() {}

    /** Appends {@code HH:MM:SS[.ffffff]}; a whole day is {@code 24:00:00}. */
    static void append(StringBuilder text, long micros) {
        long seconds = micros / 1_000_000;
        appendTwo(text, (int) (seconds / 3600));
        text.append(':');
        appendTwo(text, (int) (seconds / 60 % 60));
        text.append(':');
        appendTwo(text, (int) (seconds % 60));
        appendFraction(text, (int) (micros % 1_000_000));
    }

    /** Appends a point and up to six digits without trailing zeros; nothing for zero. */
    static void appendFraction(StringBuilder text, int micros) {
        if (micros == 0) {
            return;
        }
        text.append('.');
        int start = text.length();
        text.append(micros);
        while (text.length() - start < 6) {
            text.insert(start, '0');
        }
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
    }

    /** Appends {@code +HH[:MM[:SS]]}. */
    static void appendZone(StringBuilder text, int secondsEast) {
        text.append(secondsEast < 0 ? '-' : '+');
        int seconds = Math.abs(secondsEast);
        appendTwo(text, seconds / 3600);
        if (seconds % 3600 != 0) {
            text.append(':');
            appendTwo(text, seconds / 60 % 60);
        }
        if (seconds % 60 != 0) {
            text.append(':');
            appendTwo(text, seconds % 60);
        }
    }

    private static void appendTwo(StringBuilder text, int number) {
        if (number < 10) {
            text.append('0');
        }
        text.append(number);
    }
}
