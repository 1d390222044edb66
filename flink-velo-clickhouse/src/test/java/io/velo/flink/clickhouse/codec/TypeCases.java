// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BINARY;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.DATE;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.SMALLINT;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIME;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.apache.flink.table.api.DataTypes.TINYINT;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Every type with NULL, smallest, greatest and odd values. */
final class TypeCases {

    private static final String BIG = BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString();
    private static final String NINES = "9".repeat(76);

    private TypeCases() {}

    static Stream<TypeCase> all() {
        return Stream.of(numbers(), decimals(), texts(), calendar(), wrapped(), nested(), shapes())
                .flatMap(List::stream);
    }

    private static List<TypeCase> numbers() {
        return List.of(
                TypeCase.of("Bool", BOOLEAN(), true, "true", false, "false"),
                TypeCase.of("Bool", TINYINT(), (byte) 1, "true", (byte) 0, "false"),
                TypeCase.of("Int8", TINYINT(), (byte) -128, "-128", (byte) 127, "127"),
                TypeCase.of("Int8", INT(), -128, "-128", 127, "127"),
                TypeCase.of("Int16", SMALLINT(), (short) -32768, "-32768", (short) 9, "9"),
                TypeCase.of("Int32", INT(), Integer.MIN_VALUE, "-2147483648", 7, "7"),
                TypeCase.of("Int64", BIGINT(), Long.MIN_VALUE, "-9223372036854775808", 1L, "1"),
                TypeCase.of("UInt8", SMALLINT(), (short) 0, "0", (short) 255, "255"),
                TypeCase.of("UInt8", BOOLEAN(), false, "0", true, "1"),
                TypeCase.of("UInt16", INT(), 0, "0", 65535, "65535"),
                TypeCase.of("UInt32", BIGINT(), 0L, "0", 4294967295L, "4294967295"),
                TypeCase.of("UInt64", BIGINT(), 0L, "0", Long.MAX_VALUE, "9223372036854775807"),
                TypeCase.of(
                        "UInt64",
                        DECIMAL(20, 0),
                        decimal("0", 20, 0),
                        "0",
                        decimal("18446744073709551615", 20, 0),
                        "18446744073709551615"),
                same("UInt64", "0", "18446744073709551615"),
                same("Int128", "-170141183460469231731687303715884105728", "-1", "0"),
                TypeCase.of(
                        "Int128",
                        DECIMAL(38, 0),
                        decimal("-99999999999999999999999999999999999999", 38, 0),
                        "-99999999999999999999999999999999999999"),
                TypeCase.of(
                        "Int128",
                        BINARY(16),
                        new BigInteger("-2").shiftLeft(120).add(BigInteger.TEN).toByteArray(),
                        "-2658455991569831745807614120560689142"),
                TypeCase.of(
                        "UInt256",
                        BINARY(32),
                        BigInteger.ONE.shiftLeft(248).toByteArray(),
                        BigInteger.ONE.shiftLeft(248).toString()),
                same("UInt128", "0", "340282366920938463463374607431768211455"),
                same("Int256", "-" + BigInteger.TWO.pow(255), "42"),
                same("UInt256", "0", BIG),
                TypeCase.of("Float32", FLOAT(), 1.5f, "1.5", Float.NaN, "nan", -0.0f, "-0"),
                TypeCase.of(
                        "Float32",
                        FLOAT(),
                        Float.MAX_VALUE,
                        "3.4028235e38",
                        Float.NEGATIVE_INFINITY,
                        "-inf"),
                TypeCase.of("Float64", DOUBLE(), 0.1, "0.1", Double.POSITIVE_INFINITY, "inf"),
                TypeCase.of("BFloat16", FLOAT(), 1.5f, "1.5", Float.NaN, "nan"),
                TypeCase.of("IntervalDay", BIGINT(), 3L, "3", -5L, "-5"),
                TypeCase.of("IntervalSecond", INT(), 90, "90"));
    }

    private static List<TypeCase> decimals() {
        return List.of(
                TypeCase.of(
                        "Decimal(9, 2)",
                        DECIMAL(9, 2),
                        decimal("-9999999.99", 9, 2),
                        "-9999999.99"),
                TypeCase.of("Decimal(9, 4)", DECIMAL(9, 4), decimal("123.45", 9, 4), "123.45"),
                TypeCase.of(
                        "Decimal(18, 0)",
                        DECIMAL(18, 0),
                        decimal("999999999999999999", 18, 0),
                        "999999999999999999"),
                TypeCase.of(
                        "Decimal(38, 10)",
                        DECIMAL(38, 10),
                        decimal("-1234567890123456789012345678.0123456789", 38, 10),
                        "-1234567890123456789012345678.0123456789",
                        decimal("1.5", 38, 10),
                        "1.5"),
                TypeCase.of("Decimal(76, 5)", DECIMAL(20, 5), decimal("-2.5", 20, 5), "-2.5"),
                same("Decimal(76, 0)", NINES, "-" + NINES, "0"));
    }

    private static List<TypeCase> texts() {
        byte[] raw = {0, (byte) 0xFF, 0x41};
        return List.of(
                same("String", "", "Zürich 東京 \uD83D\uDE80", "tab\tquote'", "x".repeat(300)),
                TypeCase.of("String", BYTES(), "abc".getBytes(StandardCharsets.UTF_8), "abc"),
                TypeCase.of("FixedString(3)", BINARY(3), raw, null),
                TypeCase.of("FixedString(5)", STRING(), text("abc"), "abc"),
                same("Enum8('a' = -128, 'it\\'s' = 5, 'c' = 127)", "a", "it's", "c"),
                TypeCase.of("Enum8('a' = 1, 'b' = 2)", TINYINT(), (byte) 2, "b"),
                same("Enum16('low' = -32768, 'high' = 32767)", "low", "high"),
                same(
                        "UUID",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                TypeCase.of(
                        "UUID",
                        BINARY(16),
                        new BigInteger("112233445566778899aabbccddeeff00", 16).toByteArray(),
                        "11223344-5566-7788-99aa-bbccddeeff00"),
                same("IPv4", "0.0.0.0", "255.255.255.255", "192.0.2.1"),
                TypeCase.of("IPv4", BIGINT(), 3221225985L, "192.0.2.1"),
                same(
                        "IPv6",
                        "::",
                        "::1",
                        "2001:db8::1",
                        "::ffff:192.0.2.1",
                        "fe80::1:0:0:1",
                        "1:2:3:4:5:6:7:8",
                        "1:0:0:2::3"),
                same("JSON", "{}", "{\"a\":1,\"b\":\"x\"}"));
    }

    private static List<TypeCase> calendar() {
        return List.of(
                TypeCase.of("Date", DATE(), 0, "1970-01-01", 65535, "2149-06-06"),
                TypeCase.of(
                        "Date32",
                        DATE(),
                        day("1900-01-01"),
                        "1900-01-01",
                        day("2299-12-31"),
                        "2299-12-31"),
                TypeCase.of(
                        "DateTime('UTC')",
                        TIMESTAMP_LTZ(0),
                        instant("1970-01-01T00:00:00Z"),
                        "1970-01-01 00:00:00",
                        instant("2106-02-07T06:28:15Z"),
                        "2106-02-07 06:28:15"),
                TypeCase.of(
                        "DateTime('Asia/Kathmandu')",
                        TIMESTAMP_LTZ(3),
                        instant("2026-01-01T00:00:00Z"),
                        "2026-01-01 05:45:00"),
                TypeCase.of(
                        "DateTime('Asia/Kathmandu')",
                        TIMESTAMP(0),
                        local("2026-01-01T05:45:00"),
                        "2026-01-01 05:45:00"),
                TypeCase.of(
                        "DateTime64(3, 'UTC')",
                        TIMESTAMP_LTZ(3),
                        instant("1900-01-01T00:00:00.001Z"),
                        "1900-01-01 00:00:00.001",
                        instant("2299-12-31T23:59:59.999Z"),
                        "2299-12-31 23:59:59.999"),
                TypeCase.of(
                        "DateTime64(9, 'UTC')",
                        TIMESTAMP_LTZ(9),
                        instant("1969-12-31T23:59:59.999999999Z"),
                        "1969-12-31 23:59:59.999999999",
                        instant("2262-04-11T23:47:15.5Z"),
                        "2262-04-11 23:47:15.500000000"),
                TypeCase.of(
                        "DateTime64(6, 'Europe/Berlin')",
                        TIMESTAMP(6),
                        local("2026-03-29T01:59:59.999999"),
                        "2026-03-29 01:59:59.999999",
                        local("2026-03-29T03:00:00"),
                        "2026-03-29 03:00:00.000000",
                        local("2026-07-01T12:00:00"),
                        "2026-07-01 12:00:00.000000"),
                TypeCase.of(
                        "DateTime64(0, 'UTC')",
                        TIMESTAMP(0),
                        local("2026-07-01T12:00:00"),
                        "2026-07-01 12:00:00"),
                TypeCase.of("Time", TIME(0), 0, "00:00:00", 86_399_000, "23:59:59"),
                TypeCase.of("Time", BIGINT(), -3_599_999L, "-999:59:59"),
                TypeCase.of("Time64(3)", TIME(3), 1, "00:00:00.001", 86_399_999, "23:59:59.999"),
                TypeCase.of("Time64(6)", TIME(3), 1, "00:00:00.001000"));
    }

    private static List<TypeCase> wrapped() {
        return List.of(
                same("LowCardinality(String)", "a", "b", "a"),
                TypeCase.of(
                        "LowCardinality(Nullable(String))", STRING(), null, null, text("x"), "x"),
                TypeCase.of("SimpleAggregateFunction(sum, Int64)", BIGINT(), 5L, "5"),
                TypeCase.of("Nullable(Int32)", INT(), null, null, 5, "5", null, null),
                TypeCase.of("Nullable(String)", STRING(), text("é"), "é", null, null),
                TypeCase.of(
                        "Nullable(Decimal(38, 2))",
                        DECIMAL(38, 2),
                        null,
                        null,
                        decimal("1.25", 38, 2),
                        "1.25"),
                TypeCase.of("Nullable(DateTime64(3, 'UTC'))", TIMESTAMP_LTZ(3), null, null),
                TypeCase.of("Nullable(Enum8('a' = 3))", STRING(), null, null, text("a"), "a"),
                TypeCase.of("Nullable(UUID)", STRING(), null, null),
                TypeCase.of("Nullable(FixedString(2))", BINARY(2), null, null),
                TypeCase.of("Nullable(Bool)", BOOLEAN(), null, null, true, "true"),
                TypeCase.of("Nullable(IPv6)", STRING(), null, null),
                TypeCase.of("Nullable(Date32)", DATE(), null, null),
                TypeCase.of("Nullable(Float64)", DOUBLE(), null, null),
                TypeCase.of("Nullable(UInt256)", STRING(), null, null, text(BIG), BIG));
    }

    private static List<TypeCase> nested() {
        return List.of(
                TypeCase.of(
                        "Array(Int32)",
                        ARRAY(INT().notNull()),
                        array(),
                        "[]",
                        array(1, -2, 3),
                        "[1,-2,3]"),
                TypeCase.of(
                        "Array(Nullable(String))",
                        ARRAY(STRING()),
                        array(text("a'b"), null, text("")),
                        "['a\\'b',NULL,'']"),
                TypeCase.of(
                        "Array(LowCardinality(Nullable(String)))",
                        ARRAY(STRING()),
                        array(text("x"), null, text("x")),
                        "['x',NULL,'x']",
                        array(),
                        "[]"),
                TypeCase.of(
                        "Array(Array(UInt8))",
                        ARRAY(ARRAY(SMALLINT())),
                        array(array(), array((short) 1, (short) 255)),
                        "[[],[1,255]]"),
                TypeCase.of(
                        "Array(DateTime('Asia/Kathmandu'))",
                        ARRAY(TIMESTAMP(0)),
                        array(local("2026-01-01T05:45:00")),
                        "['2026-01-01 05:45:00']"),
                TypeCase.of(
                        "Map(String, UInt64)",
                        MAP(STRING().notNull(), BIGINT()),
                        map(text("k"), 5L),
                        "{'k':5}",
                        map(),
                        "{}"),
                TypeCase.of(
                        "Map(LowCardinality(String), Array(Nullable(Decimal(9, 2))))",
                        MAP(STRING(), ARRAY(DECIMAL(9, 2))),
                        map(text("k"), array(decimal("1.25", 9, 2), null)),
                        "{'k':[1.25,NULL]}"),
                TypeCase.of(
                        "Tuple(a Int32, `b c` Nullable(String))",
                        ROW(FIELD("a", INT()), FIELD("b c", STRING())),
                        GenericRowData.of(1, text("x")),
                        "(1,'x')",
                        GenericRowData.of(0, null),
                        "(0,NULL)"),
                TypeCase.of(
                        "Tuple(a Int32, b String)",
                        ROW(FIELD("b", STRING()), FIELD("a", INT())),
                        GenericRowData.of(text("x"), 7),
                        "(7,'x')"),
                TypeCase.of(
                        "Tuple(Int8, Tuple(String, Array(Bool)))",
                        ROW(
                                FIELD("f0", TINYINT()),
                                FIELD(
                                        "f1",
                                        ROW(FIELD("f0", STRING()), FIELD("f1", ARRAY(BOOLEAN()))))),
                        GenericRowData.of(
                                (byte) 1, GenericRowData.of(text("x"), array(true, false))),
                        "(1,('x',[true,false]))"),
                TypeCase.of(
                        "Array(Tuple(k LowCardinality(String), v Nullable(Float64)))",
                        ARRAY(ROW(FIELD("k", STRING()), FIELD("v", DOUBLE()))),
                        array(
                                GenericRowData.of(text("a"), 1.5),
                                GenericRowData.of(text("b"), null)),
                        "[('a',1.5),('b',NULL)]"),
                TypeCase.of(
                        "Array(JSON)", ARRAY(STRING()), array(text("{\"a\":1}")), "['{\"a\":1}']"),
                TypeCase.of(
                        "SimpleAggregateFunction(groupArrayArray, Array(Int64))",
                        ARRAY(BIGINT()),
                        array(1L, 2L),
                        "[1,2]"),
                TypeCase.of("Variant(String, UInt64)", STRING(), text("abc"), "abc"),
                TypeCase.of("Dynamic", STRING(), text("abc"), "abc"),
                TypeCase.of("QBit(Float32, 2)", ARRAY(FLOAT()), array(1.5f, -2f), "[1.5,-2]"));
    }

    private static List<TypeCase> shapes() {
        GenericRowData origin = GenericRowData.of(0.0, 0.0);
        GenericRowData point = GenericRowData.of(1.5, -2.0);
        var flinkPoint = ROW(FIELD("x", DOUBLE()), FIELD("y", DOUBLE()));
        return List.of(
                TypeCase.of("Point", flinkPoint, point, "(1.5,-2)"),
                TypeCase.of(
                        "Ring",
                        ARRAY(flinkPoint),
                        array(origin, point),
                        "[(0,0),(1.5,-2)]",
                        array(),
                        "[]"),
                TypeCase.of(
                        "LineString", ARRAY(flinkPoint), array(origin, point), "[(0,0),(1.5,-2)]"),
                TypeCase.of(
                        "Polygon",
                        ARRAY(ARRAY(flinkPoint)),
                        array(array(origin, point)),
                        "[[(0,0),(1.5,-2)]]"),
                TypeCase.of(
                        "MultiPolygon",
                        ARRAY(ARRAY(ARRAY(flinkPoint))),
                        array(array(array(origin))),
                        "[[[(0,0)]]]"));
    }

    private static GenericArrayData array(Object... elements) {
        return new GenericArrayData(elements);
    }

    private static GenericMapData map(Object... keysAndValues) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new GenericMapData(entries);
    }

    /** Values whose text in Flink is what the server prints. */
    private static TypeCase same(String type, String... values) {
        Object[] pairs = new Object[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            pairs[2 * i] = text(values[i]);
            pairs[2 * i + 1] = values[i];
        }
        return TypeCase.of(type, STRING(), pairs);
    }

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static TimestampData instant(String value) {
        return TimestampData.fromInstant(Instant.parse(value));
    }

    private static TimestampData local(String value) {
        return TimestampData.fromLocalDateTime(LocalDateTime.parse(value));
    }

    private static int day(String value) {
        return (int) LocalDate.parse(value).toEpochDay();
    }
}
