// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.option;

import io.velo.flink.common.secret.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * How the text of an option becomes a value, and which values there are. Immutable, therefore
 * thread-safe.
 *
 * @param <T> the Java type of the values
 */
public final class ValueKind<T> {

    /**
     * Turns text into a value.
     *
     * @param <T> the Java type of the values
     */
    @FunctionalInterface
    public interface Parser<T> extends Serializable {
        /**
         * The value of a text that has no references left.
         *
         * @throws RuntimeException if the text is not a value of this kind
         */
        T parse(String text);
    }

    /** Any text but the empty one. */
    public static final ValueKind<String> TEXT =
            new ValueKind<>(String.class, "a text that is not empty", ValueKind::notEmpty);

    /** Any text, the empty one too. */
    public static final ValueKind<String> TEXT_OR_EMPTY =
            new ValueKind<>(String.class, "any text", t -> t);

    /** Text that is never printed. */
    public static final ValueKind<Secret> SECRET =
            new ValueKind<>(
                    Secret.class,
                    "text, best a reference such as ${env:VELO_PASSWORD}",
                    Secret::of);

    /** Yes or no. */
    public static final ValueKind<Boolean> FLAG =
            new ValueKind<>(Boolean.class, "true or false", ValueKind::flag);

    /** A time span in Flink's syntax; a bare number counts milliseconds, as in Flink. */
    public static final ValueKind<Duration> DURATION =
            new ValueKind<>(
                    Duration.class,
                    "a duration such as 500ms, 5s or 10 min",
                    ValueKind::nonNegativeDuration);

    /** A number of bytes in Flink's syntax. */
    public static final ValueKind<MemorySize> BYTES =
            new ValueKind<>(
                    MemorySize.class,
                    "a size in bytes such as 64kb or 32mb",
                    text -> MemorySize.parse(text.trim()));

    /** Texts separated by commas, blanks around them removed. */
    public static final ValueKind<List<String>> LIST =
            new ValueKind<>(
                    List.class,
                    "texts separated by commas",
                    text ->
                            Arrays.stream(text.split(","))
                                    .map(String::trim)
                                    .filter(part -> !part.isEmpty())
                                    .toList());

    private final Class<?> type;
    private final String allowed;
    private final Parser<T> parser;

    private ValueKind(Class<?> type, String allowed, Parser<T> parser) {
        this.type = type;
        this.allowed = allowed;
        this.parser = parser;
    }

    /**
     * A kind of one's own.
     *
     * @param allowed says in words which texts are allowed, such as "earliest or latest"
     */
    public static <T> ValueKind<T> of(Class<T> type, String allowed, Parser<T> parser) {
        return new ValueKind<>(type, allowed, parser);
    }

    /** Whole numbers of a unit, such as rows, both ends included. */
    public static ValueKind<Integer> integer(String unit, int min, int max) {
        String words =
                "a whole number of "
                        + unit
                        + " from "
                        + min
                        + (max == Integer.MAX_VALUE ? "" : " to " + max);
        return new ValueKind<>(
                Integer.class,
                words,
                text -> {
                    int value = Integer.parseInt(text.trim());
                    if (value < min || value > max) {
                        throw new IllegalArgumentException();
                    }
                    return value;
                });
    }

    /** The constants of an enum; case, hyphens and underscores do not matter. */
    public static <E extends Enum<E>> ValueKind<E> oneOf(Class<E> type) {
        String words =
                Arrays.stream(type.getEnumConstants())
                        .map(ValueKind::print)
                        .collect(Collectors.joining(", ", "one of ", ""));
        return new ValueKind<>(
                type,
                words,
                text -> {
                    for (E constant : type.getEnumConstants()) {
                        if (squeeze(constant.name()).equals(squeeze(text))) {
                            return constant;
                        }
                    }
                    throw new IllegalArgumentException();
                });
    }

    /** The Java type of the values. */
    public Class<?> type() {
        return type;
    }

    /** Which texts are allowed, in words that fit behind "it must be". */
    public String allowed() {
        return allowed;
    }

    /**
     * The value of a text.
     *
     * @throws RuntimeException if the text is not a value of this kind
     */
    public T parse(String text) {
        return parser.parse(text);
    }

    /** The way in which a value is written in documents. */
    static String print(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static Boolean flag(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Duration nonNegativeDuration(String text) {
        Duration duration = TimeUtils.parseDuration(text.trim());
        if (duration.isNegative()) {
            throw new IllegalArgumentException();
        }
        return duration;
    }

    private static String squeeze(String text) {
        return text.trim().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
