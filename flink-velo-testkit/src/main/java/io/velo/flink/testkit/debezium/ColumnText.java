// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One text for one value, whoever read it: Debezium, Flink or a query. Instants and local times
 * have six digits of a second, instants are in UTC, bytes are hexadecimal, decimals are plain, and
 * an array is its elements between braces.
 */
public final class ColumnText {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private ColumnText() {}

    /** The text of a value, null for null. */
    public static String of(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Instant instant) {
            return of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z";
        }
        if (value instanceof OffsetDateTime time) {
            return of(time.toInstant());
        }
        if (value instanceof LocalDateTime time) {
            return MICROSECONDS.format(time);
        }
        if (value instanceof LocalDate date) {
            return date.toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return of(bytes);
        }
        if (value instanceof Object[] elements) {
            return of(Arrays.asList(elements));
        }
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> String.valueOf(of(element)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value.toString();
    }
}
