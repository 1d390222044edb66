// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.GeoShapes;
import io.velo.flink.clickhouse.type.ServerTypes;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How a query asks for a column. Most columns come as they are. Dictionaries, JSON documents and
 * values of varying type are cast to plain values, so that no setting is needed for them. A
 * DateTime that is read as local time is cast to DateTime64, because the Native header leaves out
 * the zone of a DateTime. The state of an aggregate function comes as bytes, or finished if the
 * declared type is that of the result.
 */
public final class ReadCast {

    private ReadCast() {}

    /** The expression for a column in the SELECT list. */
    public static String expression(String name, ClickHouseType type, LogicalType flink) {
        return of(Sql.name(name), type, flink);
    }

    /** As {@link #expression}, for any expression of that type. */
    public static String of(String value, ClickHouseType type, LogicalType flink) {
        if (isText(flink) && GeoShapes.isShape(type)) {
            return "wkt(" + value + ")";
        }
        ClickHouseType answer = answerType(type, flink);
        boolean finished = type.kind() == TypeKind.STATE && answer.kind() != TypeKind.STRING;
        String source = finished ? "finalizeAggregation(" + value + ")" : value;
        return answer == type ? value : "CAST(" + source + ", " + Sql.text(answer.text()) + ")";
    }

    /** The type of that expression: the column's own, the same object, if nothing is cast. */
    public static ClickHouseType answerType(ClickHouseType type, LogicalType flink) {
        if (isText(flink) && GeoShapes.isShape(type)) {
            return TypeParser.parse("String");
        }
        boolean asks = type.kind() == TypeKind.ANY && !isText(flink);
        if (asks || type.kind() == TypeKind.STATE && !flink.is(LogicalTypeFamily.BINARY_STRING)) {
            return ServerTypes.find(flink.copy(asks || flink.isNullable()))
                    .map(TypeParser::parse)
                    .orElse(type);
        }
        boolean zoned = type.kind() == TypeKind.DATETIME && !type.zone().isEmpty();
        if (zoned && flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
            String plain = "DateTime64(0, " + Sql.text(type.zone()) + ")";
            return TypeParser.parse(type.nullable() ? "Nullable(" + plain + ")" : plain);
        }
        List<LogicalType> parts = parts(type, flink);
        return parts.size() == type.fields().size() && !parts.isEmpty()
                ? nested(type, parts)
                : plain(type);
    }

    private static ClickHouseType plain(ClickHouseType type) {
        return type.travelsAsItIs() ? type : TypeParser.parse(type.headerText());
    }

    private static ClickHouseType nested(ClickHouseType type, List<LogicalType> parts) {
        List<ClickHouseType.Field> fields = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            ClickHouseType.Field field = type.fields().get(i);
            fields.add(
                    new ClickHouseType.Field(field.name(), answerType(field.type(), parts.get(i))));
        }
        boolean same = type.kind() != TypeKind.VECTOR && fields.equals(type.fields());
        return same ? plain(type) : type.composedOf(fields);
    }

    /** The Flink types of what a nested type is made of, or none if the two do not fit. */
    private static List<LogicalType> parts(ClickHouseType type, LogicalType flink) {
        if (flink instanceof ArrayType array) {
            return List.of(array.getElementType());
        }
        if (flink instanceof MapType map) {
            return List.of(map.getKeyType(), map.getValueType());
        }
        int[] positions =
                type.kind() == TypeKind.TUPLE && flink instanceof RowType row
                        ? TupleFields.positions(type, row)
                        : null;
        List<LogicalType> parts = new ArrayList<>();
        for (int i = 0; positions != null && i < positions.length; i++) {
            parts.add(((RowType) flink).getTypeAt(positions[i]));
        }
        return parts;
    }

    private static boolean isText(LogicalType flink) {
        return flink.is(LogicalTypeFamily.CHARACTER_STRING);
    }
}
