// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * As which types values travel in the column formats that others have defined, Parquet and Arrow.
 * Their own types do not hold all that ClickHouse has, so a query casts to a plain type with the
 * same bytes (seconds for a DateTime, a decimal of the same ticks for a DateTime64, codes for an
 * Enum), and names each column of its answer after the type that the bytes stand for.
 */
public final class CarriedTypes {

    /** Digits of the decimal that carries the ticks of a time. */
    static final int TICK_DIGITS = 18;

    private static final String MARK = "velo";

    private CarriedTypes() {}

    /**
     * The item of a SELECT list that asks for a column in this format.
     *
     * @param sql what gives the value
     * @param type its type, which travels as it is
     * @param index the position of the column in the answer
     */
    public static String selected(WireFormat format, String sql, ClickHouseType type, int index) {
        if (!format.carriesTypesInNames()) {
            return sql;
        }
        String carried = of(type);
        String plain = type.nullable() ? "Nullable(" + type.base() + ")" : type.base();
        String value = carried.equals(plain) ? sql : "CAST(" + sql + ", " + Sql.text(carried) + ")";
        return value + " AS " + Sql.name(MARK + index + ":" + type.text());
    }

    /** As {@link #selected(WireFormat, String, ClickHouseType, int)}, cast to be read as a type. */
    public static String selected(
            WireFormat format, String sql, ClickHouseType type, LogicalType flink, int index) {
        return selected(
                format, ReadCast.of(sql, type, flink), ReadCast.answerType(type, flink), index);
    }

    /** The type for which the bytes of a column stand, or null if its name does not say. */
    static ClickHouseType named(String name) {
        int colon = name.indexOf(':');
        if (!name.startsWith(MARK) || colon < 0) {
            return null;
        }
        ClickHouseType type = TypeParser.parse(name.substring(colon + 1));
        return type.supported() && type.travelsAsItIs() ? type : null;
    }

    /** The type as which values of this one travel. */
    static String of(ClickHouseType type) {
        return type.nullable() ? "Nullable(" + plain(type) + ")" : plain(type);
    }

    private static String plain(ClickHouseType type) {
        return switch (type.kind()) {
            case BFLOAT16 -> "Float32";
            case ENUM -> type.width() == 1 ? "Int8" : "Int16";
            case IPV4, DATETIME -> "UInt32";
            case DATE -> "UInt16";
            case DATE32, TIME -> "Int32";
            case DATETIME64, TIME64 -> "Decimal(" + TICK_DIGITS + ", " + type.precision() + ")";
            case INTERVAL -> "Int64";
            case JSON, ANY, STATE -> "String";
            case ARRAY, VECTOR -> "Array(" + of(type.element()) + ")";
            case MAP -> "Map(" + of(type.element()) + ", " + of(type.mapValue()) + ")";
            case TUPLE -> tuple(type);
            default -> type.base();
        };
    }

    private static String tuple(ClickHouseType type) {
        boolean named = type.namesFields();
        return type.fields().stream()
                .map(field -> (named ? Sql.name(field.name()) + " " : "") + of(field.type()))
                .collect(Collectors.joining(", ", "Tuple(", ")"));
    }
}
