// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of one ClickHouse column, parsed from the text that the server prints. Immutable,
 * therefore thread-safe.
 *
 * @param text the whole type as the server prints it, for messages
 * @param base the type without {@code Nullable}, {@code LowCardinality} and {@code
 *     SimpleAggregateFunction} around it
 * @param kind the wire layout
 * @param width bytes per value on the wire, 0 for lengths that vary
 * @param precision decimal digits of a decimal, fractional digits of a time; else 0
 * @param scale fractional digits of a decimal; else 0
 * @param zone the time zone of a DateTime, or an empty string for the server's
 * @param names the names of an enumeration in the order of their codes; else empty
 * @param nullable whether the column holds NULL
 * @param fields what a nested type is made of: the elements of an array, key and value of a map,
 *     the fields of a tuple; else empty
 */
public record ClickHouseType(
        String text,
        String base,
        TypeKind kind,
        int width,
        int precision,
        int scale,
        String zone,
        List<EnumName> names,
        boolean nullable,
        List<Field> fields)
        implements Serializable {

    /**
     * One part of a nested type.
     *
     * @param name the name of a tuple's field as the server has it; f0, f1 and so on if it has none
     * @param type its type
     */
    public record Field(String name, ClickHouseType type) implements Serializable {}

    /**
     * One name of an enumeration.
     *
     * @param name the name
     * @param code its number on the wire
     */
    public record EnumName(String name, int code) implements Serializable {}

    /** A type without parameters. */
    static ClickHouseType of(String text, TypeKind kind, int width) {
        return new ClickHouseType(text, text, kind, width, 0, 0, "", List.of(), false, List.of());
    }

    ClickHouseType withDigits(int newPrecision, int newScale) {
        return new ClickHouseType(
                text, base, kind, width, newPrecision, newScale, zone, names, nullable, fields);
    }

    ClickHouseType withZone(String newZone) {
        return new ClickHouseType(
                text, base, kind, width, precision, scale, newZone, names, nullable, fields);
    }

    ClickHouseType withNames(List<EnumName> newNames) {
        return new ClickHouseType(
                text,
                base,
                kind,
                width,
                precision,
                scale,
                zone,
                List.copyOf(newNames),
                nullable,
                fields);
    }

    ClickHouseType wrappedAs(String newText) {
        return new ClickHouseType(
                newText, base, kind, width, precision, scale, zone, names, nullable, fields);
    }

    /** The same layout under another name. */
    ClickHouseType named(String newName) {
        return new ClickHouseType(
                newName, newName, kind, width, precision, scale, zone, names, nullable, fields);
    }

    ClickHouseType nullableAs(String newText) {
        return new ClickHouseType(
                newText, base, kind, width, precision, scale, zone, names, true, fields);
    }

    ClickHouseType withFields(List<Field> newFields) {
        return new ClickHouseType(
                text,
                base,
                kind,
                width,
                precision,
                scale,
                zone,
                names,
                nullable,
                List.copyOf(newFields));
    }

    /** Whether this version reads and writes the type, with all that it is made of. */
    public boolean supported() {
        return kind != TypeKind.UNSUPPORTED
                && fields.stream().allMatch(field -> field.type().supported());
    }

    /** The type of the elements of an array, or of the keys of a map. */
    public ClickHouseType element() {
        return fields.get(0).type();
    }

    /** The type of the values of a map. */
    public ClickHouseType mapValue() {
        return fields.get(1).type();
    }

    /**
     * The type as it travels: queries cast to it, and blocks that Velo writes name it in their
     * header for the server to cast. Dictionaries travel as plain values; documents, states and
     * values of varying type as text or bytes.
     */
    public String headerText() {
        return nullable ? "Nullable(" + plainHeaderText() + ")" : plainHeaderText();
    }

    private String plainHeaderText() {
        return switch (kind) {
            case JSON, ANY, STATE -> "String";
            case VECTOR -> "Array(" + element().headerText() + ")";
            case ARRAY, MAP, TUPLE -> travelsAsItIs() ? base : composed();
            default -> base;
        };
    }

    /** Whether the type travels without a cast. */
    public boolean travelsAsItIs() {
        return switch (kind) {
            case JSON, ANY, STATE, VECTOR -> false;
            case ARRAY, MAP, TUPLE ->
                    text.equals(nullable ? "Nullable(" + base + ")" : base)
                            && fields.stream().allMatch(field -> field.type().travelsAsItIs());
            default -> !text.contains("LowCardinality(");
        };
    }

    /** The type with other fields, composed anew. */
    public ClickHouseType composedOf(List<Field> newFields) {
        String plain = withFields(newFields).composed();
        return TypeParser.parse(nullable ? "Nullable(" + plain + ")" : plain);
    }

    /** Whether this is a tuple whose fields have names at the server. */
    public boolean namesFields() {
        return base.startsWith("Tuple(") && !fields.get(0).name().equals("f0");
    }

    private String composed() {
        if (kind == TypeKind.MAP) {
            return "Map(" + element().headerText() + ", " + mapValue().headerText() + ")";
        }
        if (kind == TypeKind.ARRAY || kind == TypeKind.VECTOR) {
            return "Array(" + element().headerText() + ")";
        }
        boolean named = namesFields();
        return fields.stream()
                .map(
                        field ->
                                (named ? Sql.fieldName(field.name()) + " " : "")
                                        + field.type().headerText())
                .collect(Collectors.joining(", ", "Tuple(", ")"));
    }

    @Override
    public String toString() {
        return text;
    }
}
