// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.flink.table.data.TimestampData;

/** Prints dates and timestamps so that PostgreSQL reads the same day or microsecond. */
final class DateText {

    /** PostgreSQL's calendar: 4714 BC to 5874897 for dates, to 294276 for timestamps. */
    private static final LocalDate FIRST = LocalDate.of(-4713, 11, 24);

    private static final LocalDate LAST_DATE = LocalDate.of(5874897, 12, 31);
    private static final LocalDate LAST_TIMESTAMP = LocalDate.of(294276, 12, 31);

    private DateText() {}

    /** The date, or null if PostgreSQL has no such date. */
    static String date(int epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        if (date.isBefore(FIRST) || date.isAfter(LAST_DATE)) {
            return null;
        }
        StringBuilder text = new StringBuilder(16);
        appendDay(text, date);
        return appendEra(text, date);
    }

    /** The timestamp, or null if PostgreSQL has none that is equal. */
    static String timestamp(TimestampData timestamp) {
        LocalDateTime value = timestamp.toLocalDateTime();
        LocalDate date = value.toLocalDate();
        boolean outside = date.isBefore(FIRST) || date.isAfter(LAST_TIMESTAMP);
        if (outside || value.getNano() % 1000 != 0) {
            return null;
        }
        StringBuilder text = new StringBuilder(32);
        appendDay(text, date);
        text.append(' ');
        ClockText.append(text, value.toLocalTime().toNanoOfDay() / 1000);
        return appendEra(text, date);
    }

    private static void appendDay(StringBuilder text, LocalDate date) {
        // The year before 1 is 0 for Java and 1 BC for PostgreSQL.
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        text.append(
                String.format("%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth()));
    }

    private static String appendEra(StringBuilder text, LocalDate date) {
        return date.getYear() > 0 ? text.toString() : text.append(" BC").toString();
    }
}
