// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/**
 * The narrowest type that all values of a sample fit. A number counts as one only if writing it
 * gives the same text again, so that 007 stays a text; only ISO-8601 dates and times become such.
 */
enum GuessedType {
    /** No value seen. */
    UNKNOWN(DataTypes.STRING()),
    /** true or false. */
    BOOLEAN(DataTypes.BOOLEAN()),
    /** Whole numbers of 64 bits. */
    BIGINT(DataTypes.BIGINT()),
    /** Other numbers. */
    DOUBLE(DataTypes.DOUBLE()),
    /** Dates. */
    DATE(DataTypes.DATE()),
    /** Dates with times. */
    TIMESTAMP(DataTypes.TIMESTAMP(6)),
    /** Dates with times and offsets. */
    INSTANT(DataTypes.TIMESTAMP_LTZ(6)),
    /** Anything. */
    STRING(DataTypes.STRING());

    private static final int LONGEST_DOUBLE = 17;

    private final DataType dataType;

    GuessedType(DataType dataType) {
        this.dataType = dataType;
    }

    /** The type of a nullable column. */
    DataType dataType() {
        return dataType;
    }

    /** The narrowest type of both. */
    GuessedType with(GuessedType other) {
        if (this == other || other == UNKNOWN) {
            return this;
        }
        if (this == UNKNOWN) {
            return other;
        }
        boolean numbers = isNumber() && other.isNumber();
        return numbers ? DOUBLE : STRING;
    }

    /** The type of one text. */
    static GuessedType of(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return STRING;
        }
        char first = text.charAt(0);
        if (text.equals("true") || text.equals("false")) {
            return BOOLEAN;
        }
        if (first != '-' && (first < '0' || first > '9')) {
            return STRING;
        }
        GuessedType number = number(text);
        return number == STRING ? ofTime(text) : number;
    }

    /** The type of a quoted text, which is no number whatever it looks like. */
    static GuessedType ofTime(String text) {
        try {
            if (text.length() == 10) {
                LocalDate.parse(text);
                return DATE;
            }
            if (text.length() < 16 || text.length() > 40) {
                return STRING;
            }
            String withT = text.charAt(10) == ' ' ? text.replace(' ', 'T') : text;
            if (withT.endsWith("Z") || withT.indexOf('+') > 0 || withT.lastIndexOf('-') > 10) {
                OffsetDateTime.parse(withT);
                return INSTANT;
            }
            LocalDateTime.parse(withT);
            return TIMESTAMP;
        } catch (DateTimeException e) {
            return STRING;
        }
    }

    /** The type of a number as JSON writes it. */
    static GuessedType ofNumber(String text) {
        return number(text) == BIGINT ? BIGINT : DOUBLE;
    }

    private boolean isNumber() {
        return this == BIGINT || this == DOUBLE;
    }

    private static GuessedType number(String text) {
        try {
            if (Long.toString(Long.parseLong(text)).equals(text)) {
                return BIGINT;
            }
            return STRING;
        } catch (NumberFormatException e) {
            return decimal(text);
        }
    }

    private static GuessedType decimal(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            boolean exact = value.precision() <= LONGEST_DOUBLE;
            return exact && value.toPlainString().equals(text) ? DOUBLE : STRING;
        } catch (NumberFormatException e) {
            return STRING;
        }
    }
}
