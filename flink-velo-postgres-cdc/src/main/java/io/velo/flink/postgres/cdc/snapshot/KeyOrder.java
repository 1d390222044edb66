// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.codec.BinaryForm;
import io.velo.flink.postgres.codec.PostgresType;
import java.math.BigDecimal;

/**
 * How the values of a key column are ordered, so that Velo and the server agree: as the server's
 * index has them where Java can do the same, otherwise by the bytes of their text, which makes the
 * server sort.
 */
public enum KeyOrder {
    /** Whole numbers. */
    INTEGER,
    /** Types whose text is hexadecimal digits: uuid and bytea. */
    HEXADECIMAL,
    /** Texts in a collation that compares bytes. */
    TEXT,
    /** Numbers with decimals; NaN is the greatest. */
    NUMERIC,
    /** Days. */
    DATE,
    /** Times with a date. */
    TIMESTAMP,
    /** Any other type, by its text. */
    AS_TEXT,
    /** The place of a row on the disk. */
    PLACE;

    /** The order of a type whose collation compares bytes or does not. */
    static KeyOrder of(PostgresType type, boolean comparesBytes) {
        if (type.category() != PostgresType.Category.BASE) {
            return AS_TEXT;
        }
        return switch (type.name()) {
            case "int2", "int4", "int8", "oid" -> INTEGER;
            case "uuid", "bytea" -> HEXADECIMAL;
            case "numeric" -> NUMERIC;
            case "date" -> DATE;
            case "timestamp", "timestamptz" -> TIMESTAMP;
            case "text", "varchar" -> comparesBytes ? TEXT : AS_TEXT;
            default -> AS_TEXT;
        };
    }

    /** Whether the server's index has the same order. */
    boolean isNative() {
        return this != AS_TEXT;
    }

    /** What compares as the server compares the value of this text. */
    Comparable<?> comparable(String text) {
        return switch (this) {
            case INTEGER -> Long.valueOf(text);
            case HEXADECIMAL -> text;
            case TEXT, AS_TEXT -> new CodePoints(text);
            case NUMERIC -> Number.of(text);
            case DATE -> infinite(text, text.endsWith("infinity") ? 0 : BinaryForm.days(text));
            case TIMESTAMP -> BinaryForm.timestamp(text);
            case PLACE -> place(text);
        };
    }

    private static long infinite(String text, long days) {
        return switch (text) {
            case "infinity" -> Long.MAX_VALUE;
            case "-infinity" -> Long.MIN_VALUE;
            default -> days;
        };
    }

    private static long place(String text) {
        int comma = text.indexOf(',');
        long block = Long.parseLong(text.substring(1, comma));
        return block << 16 | Long.parseLong(text.substring(comma + 1, text.length() - 1));
    }

    /** A text that compares by its code points, which is the order of its UTF-8 bytes. */
    private record CodePoints(String text) implements Comparable<CodePoints> {

        @Override
        public int compareTo(CodePoints other) {
            int length = Math.min(text.length(), other.text.length());
            for (int i = 0; i < length; i++) {
                char a = text.charAt(i);
                char b = other.text.charAt(i);
                if (a != b) {
                    boolean oneIsPair = Character.isSurrogate(a) != Character.isSurrogate(b);
                    return oneIsPair ? Character.isSurrogate(a) ? 1 : -1 : Character.compare(a, b);
                }
            }
            return Integer.compare(text.length(), other.text.length());
        }
    }

    /** A number or one of numeric's special values: -Infinity, numbers, Infinity, NaN. */
    private record Number(int rank, BigDecimal value) implements Comparable<Number> {

        static Number of(String text) {
            return switch (text) {
                case "NaN" -> new Number(2, BigDecimal.ZERO);
                case "Infinity" -> new Number(1, BigDecimal.ZERO);
                case "-Infinity" -> new Number(-1, BigDecimal.ZERO);
                default -> new Number(0, new BigDecimal(text));
            };
        }

        @Override
        public int compareTo(Number other) {
            return rank != other.rank
                    ? Integer.compare(rank, other.rank)
                    : value.compareTo(other.value);
        }
    }
}
