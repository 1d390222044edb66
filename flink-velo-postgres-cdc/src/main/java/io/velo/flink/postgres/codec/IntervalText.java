// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/**
 * Prints an interval in the ISO 8601 form of PostgreSQL's {@code IntervalStyle=iso_8601}: {@code
 * P1Y2M3DT4H5M6.7S}, each part with its own sign, parts of zero left out.
 *
 * <p>Source: https://www.postgresql.org/docs/current/datatype-datetime.html, "Interval Output".
 */
final class IntervalText {

    private IntervalText() {}

    static String of(int months, int days, long micros) {
        if (months == Integer.MAX_VALUE && days == Integer.MAX_VALUE && micros == Long.MAX_VALUE) {
            return "infinity";
        }
        if (months == Integer.MIN_VALUE && days == Integer.MIN_VALUE && micros == Long.MIN_VALUE) {
            return "-infinity";
        }
        if (months == 0 && days == 0 && micros == 0) {
            return "PT0S";
        }
        StringBuilder text = new StringBuilder("P");
        append(text, months / 12, 'Y');
        append(text, months % 12, 'M');
        append(text, days, 'D');
        if (micros != 0) {
            text.append('T');
            append(text, micros / 3_600_000_000L, 'H');
            append(text, micros / 60_000_000L % 60, 'M');
            appendSeconds(text, micros % 60_000_000L);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number, char unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }

    private static void appendSeconds(StringBuilder text, long micros) {
        if (micros == 0) {
            return;
        }
        if (micros < 0) {
            text.append('-');
        }
        text.append(Math.abs(micros) / 1_000_000);
        ClockText.appendFraction(text, (int) (Math.abs(micros) % 1_000_000));
        text.append('S');
    }
}
