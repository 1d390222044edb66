// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.sql.Quoting;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.table.expressions.ValueLiteralExpression;

/**
 * Writes the values of a condition in SQL, if the server holds exactly this value in the column's
 * type. Stateless, therefore thread-safe.
 */
final class Literals {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Literals() {}

    /** The value to compare the column with, or empty if the server cannot say it exactly. */
    static Optional<String> of(ValueLiteralExpression literal, PushedColumn column) {
        if (literal.isNull()) {
            return Optional.empty();
        }
        return switch (column.family()) {
            case INTEGER -> number(literal).flatMap(Literals::integer);
            case REAL -> number(literal).flatMap(Literals::real);
            case DECIMAL ->
                    value(literal, BigDecimal.class)
                            .map(number -> cast(number.toPlainString(), "numeric"));
            case TEXT ->
                    value(literal, String.class).filter(Literals::isStorable).map(Literals::text);
            case UUID ->
                    value(literal, String.class)
                            .filter(text -> UUID.matcher(text).matches())
                            .map(text -> cast(text, "uuid"));
            case LABEL -> value(literal, String.class).flatMap(text -> label(text, column.type()));
            case BOOLEAN -> value(literal, Boolean.class).map(flag -> flag ? "TRUE" : "FALSE");
            case DATE ->
                    value(literal, LocalDate.class)
                            .filter(date -> isPlain(date.getYear()))
                            .map(date -> cast(date.toString(), "date"));
            case TIMESTAMP ->
                    value(literal, LocalDateTime.class)
                            .flatMap(time -> time(time, "", "timestamp"));
            case INSTANT ->
                    value(literal, Instant.class)
                            .map(instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                            .flatMap(time -> time(time, "+00", "timestamptz"));
            case OTHER -> Optional.empty();
        };
    }

    private static <T> Optional<T> value(ValueLiteralExpression literal, Class<T> type) {
        return literal.getValueAs(type);
    }

    /** The number as it is kept: asking for another type would convert it. */
    private static Optional<Number> number(ValueLiteralExpression literal) {
        Class<? extends Number> type =
                switch (literal.getOutputDataType().getLogicalType().getTypeRoot()) {
                    case TINYINT -> Byte.class;
                    case SMALLINT -> Short.class;
                    case INTEGER -> Integer.class;
                    case BIGINT -> Long.class;
                    case FLOAT -> Float.class;
                    case DOUBLE -> Double.class;
                    default -> null;
                };
        return type == null ? Optional.empty() : literal.getValueAs(type).map(Number.class::cast);
    }

    private static Optional<String> integer(Number number) {
        boolean whole =
                number instanceof Byte
                        || number instanceof Short
                        || number instanceof Integer
                        || number instanceof Long;
        return whole ? Optional.of(cast(number.toString(), "int8")) : Optional.empty();
    }

    private static Optional<String> real(Number number) {
        if (number instanceof Float single && Float.isFinite(single)) {
            return Optional.of(cast(single.toString(), "float4"));
        }
        if (number instanceof Double real && Double.isFinite(real)) {
            return Optional.of(cast(real.toString(), "float8"));
        }
        return Optional.empty();
    }

    private static Optional<String> label(String text, PostgresType type) {
        return type.labels().contains(text)
                ? Optional.of(Quoting.literal(text) + "::" + type.sql())
                : Optional.empty();
    }

    private static Optional<String> time(LocalDateTime time, String zone, String type) {
        boolean held = isPlain(time.getYear()) && time.getNano() % 1000 == 0;
        return held ? Optional.of(cast(TIMESTAMP.format(time) + zone, type)) : Optional.empty();
    }

    /** Years whose text form is the same everywhere. */
    private static boolean isPlain(int year) {
        return year >= 1 && year <= 9999;
    }

    /** A text as a literal of type text. */
    static String text(String text) {
        return cast(text, "text");
    }

    /** Whether PostgreSQL can hold the text: no NUL, no half of a character. */
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String cast(String text, String type) {
        return Quoting.literal(text) + "::pg_catalog." + type;
    }
}
