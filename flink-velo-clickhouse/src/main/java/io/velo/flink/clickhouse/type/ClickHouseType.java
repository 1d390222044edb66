// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.io.Serializable;
import java.util.List;

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
        boolean nullable)
        implements Serializable {

    /**
     * One name of an enumeration.
     *
     * @param name the name
     * @param code its number on the wire
     */
    public record EnumName(String name, int code) implements Serializable {}

    /** A type without parameters. */
    static ClickHouseType of(String text, TypeKind kind, int width) {
        return new ClickHouseType(text, text, kind, width, 0, 0, "", List.of(), false);
    }

    ClickHouseType withDigits(int newPrecision, int newScale) {
        return new ClickHouseType(
                text, base, kind, width, newPrecision, newScale, zone, names, nullable);
    }

    ClickHouseType withZone(String newZone) {
        return new ClickHouseType(
                text, base, kind, width, precision, scale, newZone, names, nullable);
    }

    ClickHouseType withNames(List<EnumName> newNames) {
        return new ClickHouseType(
                text, base, kind, width, precision, scale, zone, List.copyOf(newNames), nullable);
    }

    ClickHouseType wrappedAs(String newText) {
        return new ClickHouseType(
                newText, base, kind, width, precision, scale, zone, names, nullable);
    }

    ClickHouseType nullableAs(String newText) {
        return new ClickHouseType(newText, base, kind, width, precision, scale, zone, names, true);
    }

    /** Whether this version reads and writes the type. */
    public boolean supported() {
        return kind != TypeKind.UNSUPPORTED;
    }

    /**
     * The type as it stands in the header of a block that Velo writes. The server casts it: a
     * low-cardinality column takes plain values, a JSON column takes text.
     */
    public String headerText() {
        String plain = kind == TypeKind.JSON ? "String" : base;
        return nullable ? "Nullable(" + plain + ")" : plain;
    }

    @Override
    public String toString() {
        return text;
    }
}
