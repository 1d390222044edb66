// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How JSON is written: what {@link JsonReaders} reads back to the same value. Numbers and booleans
 * are bare, times are quoted ISO-8601, binary is base64, null is written as null. Stateless.
 */
final class JsonWriters {

    private JsonWriters() {}

    /** The writer of a type, or nothing if JSON has no form for it. */
    static Optional<JsonWriter> of(LogicalType type) {
        return Optional.ofNullable(writer(type))
                .map(
                        writer ->
                                (json, row, i) -> {
                                    if (row.isNullAt(i)) {
                                        json.writeNull();
                                    } else {
                                        writer.write(json, row, i);
                                    }
                                });
    }

    private static JsonWriter writer(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (json, row, i) -> json.writeBoolean(row.getBoolean(i));
            case TINYINT -> (json, row, i) -> json.writeNumber(row.getByte(i));
            case SMALLINT -> (json, row, i) -> json.writeNumber(row.getShort(i));
            case INTEGER -> (json, row, i) -> json.writeNumber(row.getInt(i));
            case BIGINT -> (json, row, i) -> json.writeNumber(row.getLong(i));
            case FLOAT -> (json, row, i) -> json.writeNumber(row.getFloat(i));
            case DOUBLE -> (json, row, i) -> json.writeNumber(row.getDouble(i));
            case DECIMAL -> decimal((DecimalType) type);
            case BINARY, VARBINARY -> (json, row, i) -> json.writeBinary(row.getBinary(i));
            case ARRAY -> array(((ArrayType) type).getElementType());
            case MAP -> map((MapType) type);
            case ROW -> nested((RowType) type);
            default -> TextWriters.of(type).map(JsonWriters::quoted).orElse(null);
        };
    }

    /**
     * The writer of an object with the given columns of a row, or nothing if JSON has no form for
     * one of them.
     *
     * @param positions of the columns, in the order in which they are written
     */
    static Optional<JsonWriter> object(RowType type, int[] positions) {
        String[] names = new String[positions.length];
        JsonWriter[] writers = new JsonWriter[positions.length];
        for (int i = 0; i < positions.length; i++) {
            RowType.RowField field = type.getFields().get(positions[i]);
            Optional<JsonWriter> writer = of(field.getType());
            if (writer.isEmpty()) {
                return Optional.empty();
            }
            names[i] = field.getName();
            writers[i] = writer.get();
        }
        return Optional.of(
                (json, row, ignored) -> {
                    json.writeStartObject();
                    for (int i = 0; i < names.length; i++) {
                        json.writeFieldName(names[i]);
                        writers[i].write(json, row, positions[i]);
                    }
                    json.writeEndObject();
                });
    }

    private static JsonWriter quoted(TextWriter text) {
        return (json, row, i) -> {
            byte[] bytes = text.write(row, i);
            json.writeString(new String(bytes, StandardCharsets.UTF_8));
        };
    }

    private static JsonWriter decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (json, row, i) ->
                json.writeNumber(
                        row.getDecimal(i, precision, scale).toBigDecimal().toPlainString());
    }

    private static JsonWriter nested(RowType type) {
        int[] all = new int[type.getFieldCount()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return object(type, all)
                .<JsonWriter>map(
                        object ->
                                (json, row, i) -> object.write(json, row.getRow(i, all.length), 0))
                .orElse(null);
    }

    private static JsonWriter array(LogicalType elementType) {
        JsonWriter element = of(elementType).orElse(null);
        if (element == null) {
            return null;
        }
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        return (json, row, i) -> {
            ArrayData array = row.getArray(i);
            GenericRowData holder = new GenericRowData(1);
            json.writeStartArray();
            for (int e = 0; e < array.size(); e++) {
                holder.setField(0, getter.getElementOrNull(array, e));
                element.write(json, holder, 0);
            }
            json.writeEndArray();
        };
    }

    private static JsonWriter map(MapType type) {
        JsonWriter value = of(type.getValueType()).orElse(null);
        if (value == null || !type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)) {
            return null;
        }
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.getValueType());
        return (json, row, i) -> writeMap(json, row.getMap(i), value, getter);
    }

    private static void writeMap(
            JsonGenerator json, MapData map, JsonWriter value, ArrayData.ElementGetter getter)
            throws IOException {
        ArrayData keys = map.keyArray();
        ArrayData values = map.valueArray();
        GenericRowData holder = new GenericRowData(1);
        json.writeStartObject();
        for (int e = 0; e < map.size(); e++) {
            if (keys.isNullAt(e)) {
                throw new IllegalArgumentException("JSON has no null keys.");
            }
            json.writeFieldName(keys.getString(e).toString());
            holder.setField(0, getter.getElementOrNull(values, e));
            value.write(json, holder, 0);
        }
        json.writeEndObject();
    }
}
