// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.velo.flink.kafka.JsonShape.Array;
import io.velo.flink.kafka.JsonShape.Kind;
import io.velo.flink.kafka.JsonShape.Row;
import io.velo.flink.kafka.JsonShape.Scalar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the shape of JSON values. Text becomes a date or a timestamp only if Flink's JSON format
 * will read it as one, which depends on the format's timestamp standard. Immutable, therefore
 * thread-safe.
 */
final class JsonShapeReader {

    /** What lies deeper is text. */
    private static final int MAX_DEPTH = 32;

    private static final int MICROS = 6;
    private static final int NANOS = 9;

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final Pattern timestamp;

    /**
     * A reader.
     *
     * @param separator between date and time: {@code T} in ISO-8601, a blank in SQL
     */
    JsonShapeReader(char separator) {
        // Seconds are optional in ISO-8601 only; a zone is Z or none: Flink reads no other.
        String seconds = "(?::[0-9]{2}(?:\\.([0-9]{1,9}))?)";
        this.timestamp =
                Pattern.compile(
                        "([0-9]{4}-[0-9]{2}-[0-9]{2})"
                                + separator
                                + "([0-9]{2}:[0-9]{2}"
                                + seconds
                                + (separator == 'T' ? "?" : "")
                                + ")(Z?)");
    }

    /** The shape of a value. */
    JsonShape read(JsonNode value) {
        return read(value, 0);
    }

    private JsonShape read(JsonNode value, int depth) {
        if (value.isContainerNode() && depth >= MAX_DEPTH) {
            return Scalar.TEXT;
        }
        return switch (value.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonShape> fields = new LinkedHashMap<>();
                value.properties()
                        .forEach(f -> fields.put(f.getKey(), read(f.getValue(), depth + 1)));
                yield new Row(fields);
            }
            case ARRAY -> {
                JsonShape element = Scalar.NULL;
                for (JsonNode one : value) {
                    element = element.merge(read(one, depth + 1));
                }
                yield new Array(element);
            }
            case NUMBER -> number(value);
            case BOOLEAN -> new Scalar(Kind.BOOLEAN, 0);
            case NULL, MISSING -> Scalar.NULL;
            default -> text(value.asText());
        };
    }

    private static JsonShape number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return new Scalar(Kind.DOUBLE, 0);
        }
        if (value.canConvertToLong()) {
            return new Scalar(Kind.BIGINT, 0);
        }
        boolean fits = value.bigIntegerValue().abs().toString().length() <= Scalar.MAX_DIGITS;
        return fits ? new Scalar(Kind.DECIMAL, 0) : Scalar.TEXT;
    }

    private JsonShape text(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                LocalDate.parse(text);
                return new Scalar(Kind.DATE, 0);
            }
            Matcher parts = timestamp.matcher(text);
            if (parts.matches()) {
                LocalDateTime.parse(parts.group(1) + "T" + parts.group(2));
                String fraction = parts.group(3);
                int digits = fraction == null ? 0 : fraction.length();
                return new Scalar(
                        parts.group(4).isEmpty() ? Kind.TIMESTAMP : Kind.TIMESTAMP_LTZ,
                        digits > MICROS ? NANOS : MICROS);
            }
        } catch (DateTimeException e) {
            // Looks like a date and is none, such as 2025-02-30.
            return Scalar.TEXT;
        }
        return Scalar.TEXT;
    }
}
