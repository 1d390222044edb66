// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.ValueKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where reading starts or ends. Immutable, therefore thread-safe.
 *
 * @param kind what the position is told by
 * @param epochMillis the time of a {@link Kind#TIME}, else 0
 * @param offsets offset by partition of {@link Kind#OFFSETS}, else empty
 */
record Position(Kind kind, long epochMillis, Map<Integer, Long> offsets) {

    /** What a position is told by. */
    enum Kind {
        EARLIEST("earliest-offset"),
        LATEST("latest-offset"),
        GROUP("group-offsets"),
        TIME("timestamp"),
        OFFSETS("specific-offsets");

        private final String flinkMode;

        Kind(String flinkMode) {
            this.flinkMode = flinkMode;
        }

        /** The value of Flink's {@code scan.startup.mode} and {@code scan.bounded.mode}. */
        String flinkMode() {
            return flinkMode;
        }
    }

    static final Position EARLIEST = new Position(Kind.EARLIEST, 0, Map.of());
    static final Position LATEST = new Position(Kind.LATEST, 0, Map.of());
    static final Position GROUP = new Position(Kind.GROUP, 0, Map.of());

    private static final String TIMES =
            "a time as epoch milliseconds or ISO-8601 (1735689600000, 2025-01-01T00:00:00Z), or"
                    + " offsets by partition (0:42,1:300)";

    /** The values of {@code offset}. */
    static final ValueKind<Position> START =
            ValueKind.of(Position.class, "earliest, latest, group, " + TIMES, Position::parseStart);

    /** The values of {@code end}. */
    static final ValueKind<Position> END =
            ValueKind.of(Position.class, "latest, " + TIMES, Position::parseEnd);

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern OFFSET_LIST = Pattern.compile("[0-9]+:[0-9]+(,[0-9]+:[0-9]+)*");

    Position {
        offsets = Map.copyOf(offsets);
    }

    private static Position parseStart(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "earliest" -> EARLIEST;
            case "latest" -> LATEST;
            case "group" -> GROUP;
            default -> parsePlace("offset", text.trim());
        };
    }

    private static Position parseEnd(String text) {
        return text.trim().equalsIgnoreCase("latest") ? LATEST : parsePlace("end", text.trim());
    }

    private static Position parsePlace(String option, String text) {
        if (text.equalsIgnoreCase("timestamp")) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "Option '" + option + "' is the bare word 'timestamp'.")
                    .remedy(
                            "Write the time itself: "
                                    + option
                                    + "=2025-01-01T00:00:00Z or "
                                    + option
                                    + "=1735689600000.")
                    .toException();
        }
        if (EPOCH.matcher(text).matches()) {
            return at(Long.parseLong(text));
        }
        return OFFSET_LIST.matcher(text).matches() ? parseOffsets(text) : at(parseIso(text));
    }

    private static Position at(long epochMillis) {
        return new Position(Kind.TIME, epochMillis, Map.of());
    }

    private static Position parseOffsets(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String pair : text.split(",")) {
            int colon = pair.indexOf(':');
            Integer partition = Integer.valueOf(pair.substring(0, colon));
            if (offsets.put(partition, Long.valueOf(pair.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("partition " + partition + " twice");
            }
        }
        return new Position(Kind.OFFSETS, 0, offsets);
    }

    /** A time without a zone is UTC; a date is its first instant. */
    private static long parseIso(String text) {
        if (text.length() == "2025-01-01".length()) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text, ZonedDateTime::from, LocalDateTime::from);
        return (time instanceof LocalDateTime local
                        ? local.toInstant(ZoneOffset.UTC)
                        : ((ZonedDateTime) time).toInstant())
                .toEpochMilli();
    }

    /** The offsets in the syntax of Flink's {@code specific-offsets} options. */
    String flinkOffsets() {
        return new TreeMap<>(offsets)
                .entrySet().stream()
                        .map(entry -> "partition:" + entry.getKey() + ",offset:" + entry.getValue())
                        .collect(Collectors.joining(";"));
    }
}
