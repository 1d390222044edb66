// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in JSONCompactEachRowWithNamesAndTypes: arrays, the first two of names and of types.
 * ClickHouse's strings are bytes and need not be UTF-8, so the parser sees each byte as one
 * character.
 */
final class JsonDecoder extends RowsDecoder {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(WireInput.MAX_COLUMN_BYTES)
                                    .maxNameLength(1 << 24)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private final InputStream stream;
    private final ScalarParser scalars = new ScalarParser();
    private final WireBuffer text = new WireBuffer(256);
    private JsonParser json;

    JsonDecoder(InputStream stream) {
        this.stream = stream;
    }

    @Override
    List<String> readNames() throws IOException {
        json = FACTORY.createParser(new InputStreamReader(stream, StandardCharsets.ISO_8859_1));
        return readTypes(0);
    }

    @Override
    List<String> readTypes(int expected) throws IOException {
        try {
            return texts();
        } catch (JacksonException broken) {
            throw malformed();
        }
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        require(token() == JsonToken.START_ARRAY);
        while (token() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.VALUE_STRING);
            take(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            texts.add(new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Override
    boolean readRow(ColumnBuffer[] row) throws IOException {
        try {
            return read(row);
        } catch (JacksonException broken) {
            throw malformed();
        }
    }

    private boolean read(ColumnBuffer[] row) throws IOException {
        JsonToken start = token();
        if (start == null) {
            return false;
        }
        require(start == JsonToken.START_ARRAY);
        for (ColumnBuffer column : row) {
            token();
            read(column);
        }
        require(token() == JsonToken.END_ARRAY);
        return true;
    }

    /** Reads the value that starts with the current token. */
    private void read(ColumnBuffer column) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            column.absent();
            return;
        }
        ClickHouseType type = column.type();
        column.present();
        switch (type.kind()) {
            case ARRAY -> {
                require(token == JsonToken.START_ARRAY);
                int count = 0;
                for (; token() != JsonToken.END_ARRAY; count++) {
                    read(column.part(0));
                }
                column.putCount(count);
            }
            case MAP -> {
                require(token == JsonToken.START_OBJECT);
                int count = 0;
                for (; token() != JsonToken.END_OBJECT; count++) {
                    column.part(0).present();
                    put(column.part(0));
                    token();
                    read(column.part(1));
                }
                column.putCount(count);
            }
            case TUPLE -> {
                require(token == JsonToken.START_ARRAY);
                for (int i = 0; i < type.fields().size(); i++) {
                    token();
                    read(column.part(i));
                }
                require(token() == JsonToken.END_ARRAY);
            }
            default -> put(column);
        }
    }

    /** Appends the text of the current token, which may be a number or the name of a field. */
    private void put(ColumnBuffer column) throws IOException {
        JsonToken token = json.currentToken();
        require(token != null && (token.isScalarValue() || token == JsonToken.FIELD_NAME));
        if (token == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            take(name.toCharArray(), 0, name.length());
        } else {
            take(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        }
        switch (column.type().kind()) {
            case STRING -> {
                column.data().putVarint(text.length());
                column.data().putBytes(text.bytes(), 0, text.length());
            }
            case ARRAY, MAP, TUPLE -> throw malformed();
            default -> scalars.parse(column, text.bytes(), 0, text.length());
        }
    }

    /** Turns characters into the bytes that they stand for; one above them is of an escape. */
    private void take(char[] characters, int from, int length) {
        text.truncate(0);
        text.reserve(length);
        for (int i = from; i < from + length; i++) {
            char next = characters[i];
            if (next <= 0xFF) {
                text.putByte(next);
            } else {
                byte[] bytes = String.valueOf(next).getBytes(StandardCharsets.UTF_8);
                text.putBytes(bytes, 0, bytes.length);
            }
        }
    }

    private JsonToken token() throws IOException {
        return json.nextToken();
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw malformed();
        }
    }

    private static RuntimeException malformed() {
        return WireInput.broken("is not JSON as it was asked for");
    }
}
