// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How JSON is read: scalars by {@link TextReaders} whether quoted or not, binary as base64, ROW
 * from objects by field name, ARRAY from arrays, MAP with text keys from objects. A STRING column
 * takes an object or array as its JSON text. Fields that are missing are null; fields that nobody
 * asked for are skipped. Stateless.
 */
final class JsonReaders {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReaders() {}

    /** The reader of a type, or nothing if JSON has no form for it. */
    static Optional<JsonReader> of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> Optional.of(nullable(JsonReaders::string));
            case BINARY, VARBINARY -> Optional.of(nullable(JsonParser::getBinaryValue));
            case ARRAY -> of(((ArrayType) type).getElementType()).map(JsonReaders::array);
            case MAP -> map((MapType) type);
            case ROW -> row((RowType) type);
            default -> TextReaders.of(type).map(text -> nullable(scalar(text)));
        };
    }

    /** Whether a column's text is JSON when it stands alone, in a hash field. */
    static boolean isNested(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case ARRAY, MAP, ROW -> true;
            default -> false;
        };
    }

    private static JsonReader nullable(JsonReader reader) {
        return parser -> parser.currentToken() == JsonToken.VALUE_NULL ? null : reader.read(parser);
    }

    private static JsonReader scalar(TextReader text) {
        return parser -> {
            if (!parser.currentToken().isScalarValue()) {
                throw new IllegalArgumentException("An object or array where a scalar belongs.");
            }
            return text.read(parser.getText());
        };
    }

    private static Object string(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return StringData.fromString(parser.getText());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = FACTORY.createGenerator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return StringData.fromString(text.toString());
    }

    private static JsonReader array(JsonReader element) {
        return nullable(
                parser -> {
                    expect(parser, JsonToken.START_ARRAY);
                    List<Object> elements = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        elements.add(element.read(parser));
                    }
                    return new GenericArrayData(elements.toArray());
                });
    }

    private static Optional<JsonReader> map(MapType type) {
        if (!type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)) {
            return Optional.empty();
        }
        return of(type.getValueType()).map(value -> nullable(parser -> readMap(parser, value)));
    }

    private static Object readMap(JsonParser parser, JsonReader value) throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        Map<Object, Object> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            StringData key = StringData.fromString(parser.currentName());
            parser.nextToken();
            entries.put(key, value.read(parser));
        }
        return new GenericMapData(entries);
    }

    private static Optional<JsonReader> row(RowType type) {
        HashMap<String, Integer> positions = new HashMap<>();
        List<JsonReader> readers = new ArrayList<>();
        for (RowType.RowField field : type.getFields()) {
            Optional<JsonReader> reader = of(field.getType());
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            positions.put(field.getName(), readers.size());
            readers.add(reader.get());
        }
        JsonReader[] byPosition = readers.toArray(new JsonReader[0]);
        return Optional.of(nullable(parser -> readRow(parser, positions, byPosition)));
    }

    private static Object readRow(
            JsonParser parser, Map<String, Integer> positions, JsonReader[] readers)
            throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        GenericRowData row = new GenericRowData(readers.length);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Integer position = positions.get(parser.currentName());
            parser.nextToken();
            if (position == null) {
                parser.skipChildren();
            } else {
                row.setField(position, readers[position].read(parser));
            }
        }
        return row;
    }

    private static void expect(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException("Not a JSON value of this type.");
        }
    }
}
