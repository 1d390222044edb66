// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import io.velo.flink.clickhouse.type.ClickHouseType.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Parses the type texts of {@code system.columns} and of Native block headers. Stateless, therefore
 * thread-safe.
 *
 * <p>A text that names no type of this version, or that is malformed, becomes a type of kind {@link
 * TypeKind#UNSUPPORTED}: a table stays usable as long as nobody touches that column.
 */
public final class TypeParser {

    private static final int MAX_DEPTH = 24;

    private TypeParser() {}

    /** The type of the text; never fails. */
    public static ClickHouseType parse(String text) {
        try {
            return parse(text.trim(), MAX_DEPTH);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return ClickHouseType.of(text, TypeKind.UNSUPPORTED, 0);
        }
    }

    private static ClickHouseType parse(String untrimmed, int depthLeft) {
        String text = untrimmed.trim();
        TypeText parts = TypeText.parse(text);
        List<String> arguments = parts.arguments();
        if (depthLeft == 0) {
            return ClickHouseType.of(text, TypeKind.UNSUPPORTED, 0);
        }
        return switch (parts.name()) {
            case "Nullable" -> parse(arguments.get(0), depthLeft - 1).nullableAs(text);
            case "LowCardinality" -> parse(arguments.get(0), depthLeft - 1).wrappedAs(text);
            case "SimpleAggregateFunction" ->
                    parse(arguments.get(arguments.size() - 1), depthLeft - 1).wrappedAs(text);
            case "Array", "Map", "Tuple", "Nested", "QBit" ->
                    nested(text, parts.name(), arguments, depthLeft - 1);
            case "Variant", "Dynamic", "Object", "Geometry" ->
                    ClickHouseType.of(text, TypeKind.ANY, 0).nullableAs(text);
            case "AggregateFunction" -> ClickHouseType.of(text, TypeKind.STATE, 0);
            default -> {
                String shape = GeoShapes.layout(parts.name());
                yield shape == null
                        ? scalar(text, parts.name(), arguments)
                        : parse(shape, depthLeft - 1).named(text);
            }
        };
    }

    private static ClickHouseType nested(
            String text, String name, List<String> arguments, int depthLeft) {
        return switch (name) {
            case "Array" -> {
                Field element = new Field("", parse(arguments.get(0), depthLeft));
                yield ClickHouseType.of(text, TypeKind.ARRAY, 0).withFields(List.of(element));
            }
            case "QBit" -> {
                Field element = new Field("", parse(arguments.get(0), depthLeft));
                yield ClickHouseType.of(text, TypeKind.VECTOR, 0).withFields(List.of(element));
            }
            case "Map" -> {
                Field key = new Field("key", parse(arguments.get(0), depthLeft));
                Field value = new Field("value", parse(arguments.get(1), depthLeft));
                yield ClickHouseType.of(text, TypeKind.MAP, 0).withFields(List.of(key, value));
            }
            case "Nested" -> {
                String tuple = "Tuple(" + String.join(", ", arguments) + ")";
                Field element = new Field("", parse(tuple, depthLeft));
                yield ClickHouseType.of(text, TypeKind.ARRAY, 0).withFields(List.of(element));
            }
            default -> tuple(text, arguments, depthLeft);
        };
    }

    private static ClickHouseType tuple(String text, List<String> arguments, int depthLeft) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        List<Field> fields = new ArrayList<>();
        for (String argument : arguments) {
            int end = TypeText.endOfName(argument);
            String name = end == 0 ? "f" + fields.size() : TypeText.plainName(argument, end);
            fields.add(new Field(name, parse(argument.substring(end).trim(), depthLeft)));
        }
        return ClickHouseType.of(text, TypeKind.TUPLE, 0).withFields(fields);
    }

    private static ClickHouseType scalar(String text, String name, List<String> arguments) {
        return switch (name) {
            case "Bool" -> ClickHouseType.of(text, TypeKind.BOOL, 1);
            case "Int8", "Int16", "Int32", "Int64", "Int128", "Int256" ->
                    ClickHouseType.of(text, TypeKind.SIGNED, bits(name, 3));
            case "UInt8", "UInt16", "UInt32", "UInt64", "UInt128", "UInt256" ->
                    ClickHouseType.of(text, TypeKind.UNSIGNED, bits(name, 4));
            case "Float32", "Float64" -> ClickHouseType.of(text, TypeKind.FLOAT, bits(name, 5));
            case "BFloat16" -> ClickHouseType.of(text, TypeKind.BFLOAT16, 2);
            case "String" -> ClickHouseType.of(text, TypeKind.STRING, 0);
            case "FixedString" ->
                    ClickHouseType.of(text, TypeKind.FIXED_STRING, number(arguments.get(0)));
            case "UUID" -> ClickHouseType.of(text, TypeKind.UUID, 16);
            case "IPv4" -> ClickHouseType.of(text, TypeKind.IPV4, 4);
            case "IPv6" -> ClickHouseType.of(text, TypeKind.IPV6, 16);
            case "JSON" -> ClickHouseType.of(text, TypeKind.JSON, 0);
            case "Enum8" -> enumeration(text, 1, arguments);
            case "Enum16" -> enumeration(text, 2, arguments);
            case "Decimal" -> decimal(text, number(arguments.get(0)), number(arguments.get(1)));
            case "Decimal32" -> decimal(text, 9, number(arguments.get(0)));
            case "Decimal64" -> decimal(text, 18, number(arguments.get(0)));
            case "Decimal128" -> decimal(text, 38, number(arguments.get(0)));
            case "Decimal256" -> decimal(text, 76, number(arguments.get(0)));
            default -> calendar(text, name, arguments);
        };
    }

    private static ClickHouseType calendar(String text, String name, List<String> arguments) {
        return switch (name) {
            case "Date" -> ClickHouseType.of(text, TypeKind.DATE, 2);
            case "Date32" -> ClickHouseType.of(text, TypeKind.DATE32, 4);
            case "DateTime" ->
                    ClickHouseType.of(text, TypeKind.DATETIME, 4).withZone(zone(arguments, 0));
            case "DateTime64" ->
                    ClickHouseType.of(text, TypeKind.DATETIME64, 8)
                            .withDigits(digits(arguments.get(0), 9), 0)
                            .withZone(zone(arguments, 1));
            case "Time" -> ClickHouseType.of(text, TypeKind.TIME, 4);
            case "Time64" ->
                    ClickHouseType.of(text, TypeKind.TIME64, 8)
                            .withDigits(digits(arguments.get(0), 9), 0);
            default ->
                    name.startsWith("Interval") && arguments.isEmpty()
                            ? ClickHouseType.of(text, TypeKind.INTERVAL, 8)
                            : ClickHouseType.of(text, TypeKind.UNSUPPORTED, 0);
        };
    }

    private static ClickHouseType decimal(String text, int precision, int scale) {
        if (precision < 1 || precision > 76 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(text);
        }
        int width = precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
        return ClickHouseType.of(text, TypeKind.DECIMAL, width).withDigits(precision, scale);
    }

    private static ClickHouseType enumeration(String text, int width, List<String> arguments) {
        List<EnumName> names = new ArrayList<>();
        for (String argument : arguments) {
            int end = TypeText.endOfQuote(argument, 0);
            int equals = argument.indexOf('=', end);
            String name = TypeText.unquote(argument.substring(0, end + 1));
            names.add(new EnumName(name, number(argument.substring(equals + 1))));
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        names.sort(Comparator.comparingInt(EnumName::code));
        return ClickHouseType.of(text, TypeKind.ENUM, width).withNames(names);
    }

    private static String zone(List<String> arguments, int position) {
        return arguments.size() > position ? TypeText.unquote(arguments.get(position)) : "";
    }

    private static int bits(String name, int prefix) {
        return Integer.parseInt(name.substring(prefix)) / 8;
    }

    private static int digits(String text, int max) {
        int digits = number(text);
        if (digits < 0 || digits > max) {
            throw new IllegalArgumentException(text);
        }
        return digits;
    }

    private static int number(String text) {
        return Integer.parseInt(text.trim());
    }
}
