// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows in JSONEachRow. ClickHouse's strings are bytes and need not be UTF-8, so every byte goes
 * through the generator as one character and comes out as the same byte.
 */
final class JsonEncoder extends RowsEncoder {

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();

    private final ClickHouseType[] types;
    private final String[] names;
    private final WireBuffer scalar = new WireBuffer(64);
    private final Latin writer = new Latin();
    private JsonGenerator json;

    JsonEncoder(List<Column> columns) {
        super(columns);
        types = columns.stream().map(Column::type).toArray(ClickHouseType[]::new);
        names = columns.stream().map(column -> latin(column.name())).toArray(String[]::new);
    }

    @Override
    void begin(WireBuffer out) {
        try {
            json = FACTORY.createGenerator(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void row(ColumnCursor[] cursors, WireBuffer out) {
        writer.target = out;
        try {
            json.writeStartObject();
            for (int i = 0; i < cursors.length; i++) {
                json.writeFieldName(names[i]);
                put(cursors[i], types[i]);
            }
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(ColumnCursor cursor, ClickHouseType type) throws IOException {
        if (cursor.nextIsNull()) {
            cursor.skip();
            json.writeNull();
            return;
        }
        switch (type.kind()) {
            case STRING, ANY, STATE -> json.writeString(text(cursor));
            case JSON -> putDocument(cursor);
            case ARRAY, VECTOR -> {
                json.writeStartArray();
                for (int i = cursor.takeCount(); i > 0; i--) {
                    put(cursor.part(0), type.element());
                }
                json.writeEndArray();
            }
            case MAP -> {
                json.writeStartObject();
                for (int i = cursor.takeCount(); i > 0; i--) {
                    json.writeFieldName(key(cursor.part(0), type.element()));
                    put(cursor.part(1), type.mapValue());
                }
                json.writeEndObject();
            }
            case TUPLE -> putTuple(cursor, type);
            default -> putScalar(cursor, type);
        }
    }

    private void putTuple(ColumnCursor cursor, ClickHouseType type) throws IOException {
        List<ClickHouseType.Field> fields = type.fields();
        boolean named = type.namesFields();
        if (named) {
            json.writeStartObject();
        } else {
            json.writeStartArray();
        }
        for (int i = 0; i < fields.size(); i++) {
            if (named) {
                json.writeFieldName(latin(fields.get(i).name()));
            }
            put(cursor.part(i), fields.get(i).type());
        }
        if (named) {
            json.writeEndObject();
        } else {
            json.writeEndArray();
        }
    }

    private void putScalar(ColumnCursor cursor, ClickHouseType type) throws IOException {
        String text = scalar(cursor, type);
        // The server takes a quoted number where its text is not one of JSON.
        boolean word = text.endsWith("nan") || text.endsWith("inf");
        if (ScalarPrinter.bare(type.kind()) && !word) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }

    private String key(ColumnCursor cursor, ClickHouseType type) {
        if (cursor.nextIsNull()) {
            throw new IllegalStateException("A key of a map is NULL.");
        }
        return type.kind() == TypeKind.STRING ? text(cursor) : scalar(cursor, type);
    }

    private String scalar(ColumnCursor cursor, ClickHouseType type) {
        scalar.truncate(0);
        ScalarPrinter.print(type, cursor.data(), cursor.takeFixed(), scalar);
        return new String(scalar.bytes(), 0, scalar.length(), StandardCharsets.ISO_8859_1);
    }

    /** A text that is no object goes out as a string, which the server refuses with its row. */
    private void putDocument(ColumnCursor cursor) throws IOException {
        int length = cursor.takeLength();
        int from = cursor.takeBytes(length);
        String text = new String(cursor.data(), from, length, StandardCharsets.ISO_8859_1);
        if (isObject(cursor.data(), from, length)) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }

    private static boolean isObject(byte[] bytes, int from, int length) {
        try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    private static String text(ColumnCursor cursor) {
        int length = cursor.takeLength();
        int from = cursor.takeBytes(length);
        return new String(cursor.data(), from, length, StandardCharsets.ISO_8859_1);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Takes each character for a byte. */
    private static final class Latin extends Writer {

        private WireBuffer target;

        @Override
        public void write(char[] characters, int from, int length) {
            target.reserve(length);
            for (int i = from; i < from + length; i++) {
                target.putByte(characters[i]);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
