// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.time.LocalDate;

/**
 * Dates and times as text: dates as 2026-01-31, instants as 2026-01-31T12:00:00.123Z, times of day
 * as 12:00:00.123, in which hours may have three digits and a sign. Only what the server itself
 * prints is read, anything else ends in a {@link NumberFormatException}.
 */
final class CalendarText {

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;

    private CalendarText() {}

    static void putDate(WireBuffer out, long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        putDigits(out, date.getYear(), 4);
        out.putByte('-');
        putDigits(out, date.getMonthValue(), 2);
        out.putByte('-');
        putDigits(out, date.getDayOfMonth(), 2);
    }

    /** Appends the instant of that many ticks, of which a second has a power of ten. */
    static void putInstant(WireBuffer out, long ticks, int digits) {
        long perSecond = Powers.ofTen(digits);
        long second = Math.floorDiv(ticks, perSecond);
        putDate(out, Math.floorDiv(second, (long) SECONDS_PER_DAY));
        out.putByte('T');
        putClock(out, Math.floorMod(second, (long) SECONDS_PER_DAY));
        putFraction(out, Math.floorMod(ticks, perSecond), digits);
        out.putByte('Z');
    }

    static void putTime(WireBuffer out, long ticks, int digits) {
        if (ticks < 0) {
            out.putByte('-');
        }
        long perSecond = Powers.ofTen(digits);
        long size = Math.abs(ticks);
        putClock(out, size / perSecond);
        putFraction(out, size % perSecond, digits);
    }

    private static void putClock(WireBuffer out, long second) {
        long hour = second / 3600;
        putDigits(out, hour, hour > 99 ? 3 : 2);
        out.putByte(':');
        putDigits(out, second / 60 % 60, 2);
        out.putByte(':');
        putDigits(out, second % 60, 2);
    }

    private static void putFraction(WireBuffer out, long ticks, int digits) {
        if (digits > 0) {
            out.putByte('.');
            putDigits(out, ticks, digits);
        }
    }

    private static void putDigits(WireBuffer out, long value, int count) {
        long power = Powers.ofTen(count - 1);
        for (long rest = value; power > 0; power /= 10) {
            out.putByte((int) ('0' + rest / power));
            rest %= power;
        }
    }

    /** Days since 1970. */
    static long date(byte[] text, int from, int length) {
        if (length != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
            throw malformed();
        }
        int year = digits(text, from, 4);
        int month = digits(text, from + 5, 2);
        int day = digits(text, from + 8, 2);
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            throw malformed();
        }
        // The day after the 28th of February must not be checked by an exception of another kind.
        return LocalDate.of(year, month, 1).toEpochDay() + day - 1;
    }

    /** Ticks since 1970. */
    static long instant(byte[] text, int from, int length, int digits) {
        int clock = from + DATE_LENGTH + 1;
        int expected = DATE_LENGTH + 1 + TIME_LENGTH + fractionLength(digits) + 1;
        if (length != expected || text[clock - 1] != 'T' || text[from + length - 1] != 'Z') {
            throw malformed();
        }
        long day = date(text, from, DATE_LENGTH);
        long second = day * SECONDS_PER_DAY + clock(text, clock, 2);
        return second * Powers.ofTen(digits) + fraction(text, clock + TIME_LENGTH, digits);
    }

    /** Ticks of a time of day or of a longer or negative time. */
    static long time(byte[] text, int from, int length, int digits) {
        boolean negative = length > 0 && text[from] == '-';
        int start = negative ? from + 1 : from;
        int hourDigits = from + length - start - fractionLength(digits) - TIME_LENGTH + 2;
        if (hourDigits < 2 || hourDigits > 3) {
            throw malformed();
        }
        long second = clock(text, start, hourDigits);
        int fraction = start + hourDigits - 2 + TIME_LENGTH;
        long ticks = second * Powers.ofTen(digits) + fraction(text, fraction, digits);
        return negative ? -ticks : ticks;
    }

    private static long clock(byte[] text, int from, int hourDigits) {
        int minute = from + hourDigits + 1;
        if (text[minute - 1] != ':' || text[minute + 2] != ':') {
            throw malformed();
        }
        return digits(text, from, hourDigits) * 3600L
                + digits(text, minute, 2) * 60L
                + digits(text, minute + 3, 2);
    }

    private static int fractionLength(int digits) {
        return digits == 0 ? 0 : digits + 1;
    }

    private static int fraction(byte[] text, int from, int digits) {
        if (digits == 0) {
            return 0;
        }
        if (text[from] != '.') {
            throw malformed();
        }
        return digits(text, from + 1, digits);
    }

    private static int digits(byte[] text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static NumberFormatException malformed() {
        return new NumberFormatException("not a date or time");
    }
}
