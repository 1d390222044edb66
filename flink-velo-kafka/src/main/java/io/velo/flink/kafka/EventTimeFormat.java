// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.option.ValueKind;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * How a time is written in a record, and the way back to epoch milliseconds. What is finer than a
 * millisecond is cut off; a time without a zone is UTC, a date is its first instant. Immutable,
 * therefore thread-safe; serializable by its text.
 */
final class EventTimeFormat implements Serializable {

    private enum Kind {
        AUTO,
        EPOCH_MILLIS,
        EPOCH_SECONDS,
        ISO8601,
        PATTERN
    }

    static final EventTimeFormat AUTO = new EventTimeFormat("auto");

    /** The values of {@code event-time.format}. */
    static final ValueKind<EventTimeFormat> KIND =
            ValueKind.of(
                    EventTimeFormat.class,
                    "auto, epoch_millis, epoch_seconds, iso8601, a Java pattern such as yyyy-MM-dd"
                            + " HH:mm:ss, or a strftime pattern such as %Y-%m-%d %H:%M:%S",
                    EventTimeFormat::new);

    private static final long serialVersionUID = 1L;

    private static final int ISO_DASH = 4;

    /** ISO-8601 with the zone as Z, +02:00, +0200 or left out, and a blank or T in the middle. */
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHMM", "Z")
                    .optionalEnd()
                    .toFormatter(Locale.ROOT);

    private final String text;
    private final Kind kind;
    private transient DateTimeFormatter formatter;

    /**
     * A format.
     *
     * @throws IllegalArgumentException if the text is neither a known word nor a pattern
     */
    EventTimeFormat(String text) {
        this.text = text;
        this.kind = kind(text);
        formatter();
    }

    private static Kind kind(String text) {
        String word = text.trim().replace("-", "").replace("_", "").toUpperCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.PATTERN && kind.name().replace("_", "").equals(word)) {
                return kind;
            }
        }
        return Kind.PATTERN;
    }

    private DateTimeFormatter formatter() {
        if (formatter == null) {
            if (kind != Kind.PATTERN) {
                formatter = ISO;
            } else if (text.startsWith("%")) {
                formatter = StrftimePattern.formatter(text);
            } else {
                formatter = DateTimeFormatter.ofPattern(text, Locale.ROOT);
            }
        }
        return formatter;
    }

    /**
     * The epoch milliseconds of a written time.
     *
     * @throws RuntimeException if the text is not written in this format
     */
    long parse(String time) {
        return switch (kind) {
            case EPOCH_MILLIS -> epoch(time.trim(), 0);
            case EPOCH_SECONDS -> epoch(time.trim(), 3);
            case ISO8601, PATTERN -> calendar(time.trim());
            case AUTO -> auto(time.trim());
        };
    }

    private long auto(String time) {
        boolean dated = time.length() > ISO_DASH && time.charAt(ISO_DASH) == '-';
        return dated ? calendar(time) : epoch(time, 0);
    }

    private static long epoch(String number, int shift) {
        long value = shift == 0 ? plainDigits(number) : -1;
        return value >= 0
                ? value
                : new BigDecimal(number).movePointRight(shift).toBigInteger().longValueExact();
    }

    /** The value of a text of 1 to 18 digits, else -1. */
    private static long plainDigits(String text) {
        int length = text.length();
        if (length == 0 || length > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private long calendar(String time) {
        if (kind != Kind.PATTERN && time.length() == "2025-01-01".length()) {
            return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        TemporalAccessor parsed =
                formatter()
                        .parseBest(
                                time,
                                ZonedDateTime::from,
                                Instant::from,
                                LocalDateTime::from,
                                LocalDate::from);
        if (parsed instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (parsed instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        return Instant.from(parsed).toEpochMilli();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTimeFormat that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text from which the same format can be made. */
    @Override
    public String toString() {
        return text;
    }
}
