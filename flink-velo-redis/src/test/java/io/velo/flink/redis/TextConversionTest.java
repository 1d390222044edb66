// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextConversionTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(DataTypes.STRING(), StringData.fromString("Zoë"), "Zoë"),
                Arguments.of(DataTypes.STRING(), StringData.fromString(""), ""),
                Arguments.of(DataTypes.BOOLEAN(), true, "true"),
                Arguments.of(DataTypes.TINYINT(), (byte) -128, "-128"),
                Arguments.of(DataTypes.SMALLINT(), (short) 32767, "32767"),
                Arguments.of(DataTypes.INT(), Integer.MIN_VALUE, "-2147483648"),
                Arguments.of(DataTypes.BIGINT(), Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(DataTypes.FLOAT(), 1.5f, "1.5"),
                Arguments.of(DataTypes.DOUBLE(), 0.1, "0.1"),
                Arguments.of(DataTypes.DOUBLE(), Double.NEGATIVE_INFINITY, "-Infinity"),
                Arguments.of(DataTypes.DECIMAL(10, 2), decimal("12.50", 10, 2), "12.50"),
                Arguments.of(
                        DataTypes.DECIMAL(38, 0),
                        decimal("99999999999999999999999999999999999999", 38, 0),
                        "99999999999999999999999999999999999999"),
                Arguments.of(
                        DataTypes.DATE(),
                        (int) LocalDate.of(1969, 12, 31).toEpochDay(),
                        "1969-12-31"),
                Arguments.of(DataTypes.TIME(3), 3_723_004, "01:02:03.004"),
                Arguments.of(
                        DataTypes.TIMESTAMP(6),
                        TimestampData.fromLocalDateTime(
                                LocalDateTime.of(2001, 1, 14, 6, 55, 1, 123_456_000)),
                        "2001-01-14T06:55:01.123456"),
                Arguments.of(
                        DataTypes.TIMESTAMP_LTZ(3),
                        TimestampData.fromInstant(Instant.parse("2001-01-14T06:55:00.500Z")),
                        "2001-01-14T06:55:00.5Z"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsBackWhatItWrites(DataType type, Object value, String text) {
        GenericRowData row = GenericRowData.of(value);

        byte[] written = TextWriters.of(type.getLogicalType()).orElseThrow().write(row, 0);

        assertThat(new String(written, StandardCharsets.UTF_8)).satisfies(sameMeaning(text, value));
        assertThat(TextReaders.of(type.getLogicalType()).orElseThrow().read(text)).isEqualTo(value);
    }

    private static java.util.function.Consumer<String> sameMeaning(String text, Object value) {
        // Java's own text of fractions has more than one form for the same time.
        return written ->
                assertThat(value instanceof TimestampData ? written.replace("00Z", "Z") : written)
                        .isEqualTo(text);
    }

    @Test
    void readsTheFormsThatOtherProgramsWrite() {
        assertThat(read(DataTypes.BOOLEAN(), "1")).isEqualTo(true);
        assertThat(read(DataTypes.BOOLEAN(), "False")).isEqualTo(false);
        assertThat(read(DataTypes.DOUBLE(), "inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read(DataTypes.DOUBLE(), "-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read(DataTypes.BIGINT(), " 7 ")).isEqualTo(7L);
        assertThat(read(DataTypes.TIMESTAMP(0), "2001-01-14 06:55:00"))
                .isEqualTo(read(DataTypes.TIMESTAMP(0), "2001-01-14T06:55"));
        assertThat(read(DataTypes.TIMESTAMP_LTZ(0), "2001-01-14T07:55:00+01:00"))
                .isEqualTo(read(DataTypes.TIMESTAMP_LTZ(0), "2001-01-14T06:55:00Z"));
        assertThat(read(DataTypes.DECIMAL(5, 2), "1e1")).isEqualTo(decimal("10.00", 5, 2));
    }

    @Test
    void cutsFractionsBeyondTheDeclaredPrecision() {
        assertThat(read(DataTypes.TIMESTAMP(3), "2001-01-14T06:55:00.123999"))
                .isEqualTo(read(DataTypes.TIMESTAMP(3), "2001-01-14T06:55:00.123"));
    }

    @Test
    void refusesWhatDoesNotFitExactly() {
        assertRefused(DataTypes.INT(), "2147483648");
        assertRefused(DataTypes.INT(), "1.0");
        assertRefused(DataTypes.INT(), "");
        assertRefused(DataTypes.BOOLEAN(), "yes");
        assertRefused(DataTypes.DECIMAL(4, 1), "1.25");
        assertRefused(DataTypes.DECIMAL(4, 1), "1234.5");
        assertRefused(DataTypes.DATE(), "2001-02-30");
        assertRefused(DataTypes.TIMESTAMP_LTZ(3), "2001-01-14T06:55:00");
    }

    @Test
    void hasNoTextForNestedTypes() {
        assertThat(TextReaders.of(DataTypes.ARRAY(DataTypes.INT()).getLogicalType())).isEmpty();
        assertThat(TextWriters.of(DataTypes.ARRAY(DataTypes.INT()).getLogicalType())).isEmpty();
    }

    private static Object read(DataType type, String text) {
        return TextReaders.of(type.getLogicalType()).orElseThrow().read(text);
    }

    private static void assertRefused(DataType type, String text) {
        assertThatThrownBy(() -> read(type, text))
                .as("%s as %s", text, type)
                .isInstanceOf(RuntimeException.class);
    }

    private static DecimalData decimal(String text, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), precision, scale);
    }
}
