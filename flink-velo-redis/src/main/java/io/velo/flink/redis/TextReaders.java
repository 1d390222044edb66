// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How the text of a hash field, or of a scalar in JSON, is read. Numbers are decimal, times are
 * ISO-8601 with {@code T} or a blank; a decimal that does not fit its column exactly is refused,
 * fractions of a second beyond the declared precision are cut. Stateless.
 */
final class TextReaders {

    private TextReaders() {}

    /** The reader of a type, or nothing if the type has no form as plain text. */
    static Optional<TextReader> of(LogicalType type) {
        return Optional.ofNullable(reader(type));
    }

    private static TextReader reader(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> StringData::fromString;
            case BOOLEAN -> TextReaders::bool;
            case TINYINT -> text -> Byte.parseByte(text.trim());
            case SMALLINT -> text -> Short.parseShort(text.trim());
            case INTEGER -> text -> Integer.parseInt(text.trim());
            case BIGINT -> text -> Long.parseLong(text.trim());
            case FLOAT -> text -> (float) floating(text);
            case DOUBLE -> TextReaders::floating;
            case DECIMAL -> decimal((DecimalType) type);
            case DATE -> text -> (int) LocalDate.parse(text.trim()).toEpochDay();
            case TIME_WITHOUT_TIME_ZONE ->
                    text -> (int) (LocalTime.parse(text.trim()).toNanoOfDay() / 1_000_000);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> local(LogicalTypeChecks.getPrecision(type));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(LogicalTypeChecks.getPrecision(type));
            default -> null;
        };
    }

    private static boolean bool(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("Neither true nor false.");
        };
    }

    /** Redis itself writes {@code inf} and {@code nan}, Java writes {@code Infinity}. */
    private static double floating(String text) {
        String trimmed = text.trim();
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(trimmed);
        };
    }

    private static TextReader decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return text -> {
            // setScale without rounding throws if digits would be lost.
            BigDecimal exact = new BigDecimal(text.trim()).setScale(scale);
            DecimalData value = DecimalData.fromBigDecimal(exact, precision, scale);
            if (value == null) {
                throw new ArithmeticException("More digits than the column has.");
            }
            return value;
        };
    }

    private static TextReader local(int precision) {
        return text -> {
            LocalDateTime time = LocalDateTime.parse(withT(text));
            return TimestampData.fromLocalDateTime(time.withNano(cut(time.getNano(), precision)));
        };
    }

    private static TextReader instant(int precision) {
        return text -> {
            Instant time = OffsetDateTime.parse(withT(text)).toInstant();
            int nanos = cut(time.getNano(), precision);
            return TimestampData.fromInstant(time.truncatedTo(ChronoUnit.SECONDS).plusNanos(nanos));
        };
    }

    private static int cut(int nanos, int precision) {
        int unit = 1;
        for (int digit = precision; digit < 9; digit++) {
            unit *= 10;
        }
        return nanos - nanos % unit;
    }

    private static String withT(String text) {
        String trimmed = text.trim();
        return trimmed.length() > 10 && trimmed.charAt(10) == ' '
                ? trimmed.substring(0, 10) + 'T' + trimmed.substring(11)
                : trimmed;
    }
}
