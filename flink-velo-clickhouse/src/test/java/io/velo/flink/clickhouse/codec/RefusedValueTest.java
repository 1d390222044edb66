// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.velo.flink.clickhouse.type.TypeParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that the server would wrap, cut or misread are refused before they are sent. */
class RefusedValueTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("Int8", DataTypes.INT(), 128),
                arguments("Int8", DataTypes.INT(), -129),
                arguments("UInt32", DataTypes.BIGINT(), -1L),
                arguments("UInt64", DataTypes.BIGINT(), -1L),
                arguments("UInt64", DataTypes.STRING(), text("18446744073709551616")),
                arguments("Int128", DataTypes.STRING(), text("1.5")),
                arguments("UInt256", DataTypes.STRING(), text("-1")),
                arguments("Bool", DataTypes.TINYINT(), (byte) 2),
                arguments("Date", DataTypes.DATE(), -1),
                arguments("Date", DataTypes.DATE(), 65_536),
                arguments("Date32", DataTypes.DATE(), -25_568),
                arguments("DateTime", DataTypes.TIMESTAMP_LTZ(3), at("1969-12-31T23:59:59Z")),
                arguments("DateTime", DataTypes.TIMESTAMP_LTZ(3), at("2106-02-07T06:28:16Z")),
                arguments("DateTime", DataTypes.TIMESTAMP_LTZ(3), at("2026-01-01T00:00:00.5Z")),
                arguments("DateTime64(3)", DataTypes.TIMESTAMP(6), at("2026-01-01T00:00:00.0001Z")),
                arguments("DateTime64(9)", DataTypes.TIMESTAMP_LTZ(3), at("2262-04-12T00:00:00Z")),
                arguments("DateTime64(3)", DataTypes.TIMESTAMP_LTZ(3), at("1899-12-31T23:59:59Z")),
                arguments("Time", DataTypes.TIME(3), 1),
                arguments("Time", DataTypes.BIGINT(), 3_600_000L),
                arguments("FixedString(2)", DataTypes.STRING(), text("é!")),
                arguments("FixedString(2)", DataTypes.BYTES(), new byte[3]),
                arguments("Enum8('a' = 1)", DataTypes.STRING(), text("b")),
                arguments("Enum8('a' = 1)", DataTypes.TINYINT(), (byte) 2),
                arguments("UUID", DataTypes.STRING(), text("0011223344556677-8899-aabbccddeeff")),
                arguments("UUID", DataTypes.BYTES(), new byte[15]),
                arguments("IPv4", DataTypes.STRING(), text("1.2.3")),
                arguments("IPv4", DataTypes.STRING(), text("1.2.3.256")),
                arguments("IPv4", DataTypes.STRING(), text("1.2.3.4 ")),
                arguments("IPv6", DataTypes.STRING(), text("1::2::3")),
                arguments("IPv6", DataTypes.STRING(), text("1:2:3:4:5:6:7")),
                arguments("IPv6", DataTypes.STRING(), text("example.com")),
                arguments("Decimal(76, 0)", DataTypes.STRING(), text("1e76")),
                arguments("Decimal(76, 0)", DataTypes.STRING(), text("1e999999999")),
                arguments("Decimal(76, 0)", DataTypes.STRING(), text("0.5")),
                arguments("Decimal(76, 0)", DataTypes.STRING(), text("ten")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatDoesNotFitIsRefused(String type, DataType flink, Object value) {
        NativeBlockWriter writer = writer(type, flink);
        assertThatThrownBy(() -> writer.append(GenericRowData.of(value)))
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("column 'v'");
        assertThat(writer.bytes()).isZero();
    }

    static Stream<Arguments> mismatched() {
        return Stream.of(
                arguments("Int32", DataTypes.STRING()),
                arguments("String", DataTypes.INT()),
                arguments("Float32", DataTypes.DOUBLE()),
                arguments("Decimal(9, 2)", DataTypes.DECIMAL(10, 2)),
                arguments("Decimal(9, 2)", DataTypes.DECIMAL(9, 3)),
                arguments("Int64", DataTypes.DECIMAL(10, 0)),
                arguments("UInt64", DataTypes.DECIMAL(10, 1)),
                arguments("Date", DataTypes.TIMESTAMP(3)),
                arguments("DateTime", DataTypes.DATE()),
                arguments("UUID", DataTypes.BIGINT()),
                arguments("Array(Int8)", DataTypes.ARRAY(DataTypes.STRING())),
                arguments("Array(Int8)", DataTypes.TINYINT()),
                arguments("Map(String, Int8)", DataTypes.ARRAY(DataTypes.TINYINT())),
                arguments(
                        "Tuple(a Int8, b Int8)",
                        DataTypes.ROW(
                                DataTypes.FIELD("a", DataTypes.TINYINT()),
                                DataTypes.FIELD("c", DataTypes.TINYINT()))),
                arguments(
                        "Tuple(a Int8)",
                        DataTypes.ROW(
                                DataTypes.FIELD("a", DataTypes.TINYINT()),
                                DataTypes.FIELD("b", DataTypes.TINYINT()))));
    }

    @ParameterizedTest
    @MethodSource("mismatched")
    void aTypeThatDoesNotFitIsRefusedWhilePlanning(String type, DataType flink) {
        assertThatThrownBy(() -> writer(type, flink)).hasMessageContaining("VELO-SCH-002");
    }

    @ParameterizedTest
    @MethodSource("mismatchedForReading")
    void aTypeThatWouldLoseSomethingIsRefusedForReading(String type, DataType flink) {
        ColumnSource source = new ColumnSource("v", TypeParser.parse(type), flink.getLogicalType());
        assertThatThrownBy(() -> NativeBlockReader.check(List.of(source), ZoneOffset.UTC))
                .hasMessageContaining("VELO-SCH-002");
    }

    static Stream<Arguments> mismatchedForReading() {
        return Stream.of(
                arguments("Int64", DataTypes.INT()),
                arguments("UInt32", DataTypes.INT()),
                arguments("Float64", DataTypes.FLOAT()),
                arguments("Decimal(10, 2)", DataTypes.DECIMAL(9, 2)),
                arguments("Decimal(10, 2)", DataTypes.DECIMAL(10, 1)),
                arguments("Tuple(Int8)", DataTypes.STRING()));
    }

    @ParameterizedTest
    @MethodSource("widened")
    void aNarrowerDecimalIsWidened(String type, DataType flink, String value, int bytes) {
        NativeBlockWriter writer = writer(type, flink);
        assertThatCode(
                        () ->
                                writer.append(
                                        GenericRowData.of(
                                                DecimalData.fromBigDecimal(
                                                        new BigDecimal(value), 5, 2))))
                .doesNotThrowAnyException();
        assertThat(writer.bytes()).isEqualTo(bytes);
    }

    static Stream<Arguments> widened() {
        return Stream.of(
                arguments("Decimal(9, 4)", DataTypes.DECIMAL(5, 2), "-123.45", 4),
                arguments("Decimal(76, 40)", DataTypes.DECIMAL(5, 2), "123.45", 32));
    }

    private static NativeBlockWriter writer(String type, DataType flink) {
        return NativeBlockWriter.of(
                List.of(
                        new ColumnTarget(
                                "v", TypeParser.parse(type), flink.getLogicalType(), 0, false)),
                ZoneOffset.UTC,
                Compression.NONE);
    }

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static TimestampData at(String instant) {
        return TimestampData.fromInstant(Instant.parse(instant));
    }
}
