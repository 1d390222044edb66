// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velo.flink.common.scheme.DiscoveredTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns seen so far in a sample and the narrowest types that fit. Not thread-safe. */
final class ColumnSample {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, GuessedType> columns = new LinkedHashMap<>();

    /** Takes a value that is plain text: a hash field, or a part of a key. */
    void text(String column, String value) {
        add(column, GuessedType.of(value));
    }

    /** Takes the fields of a JSON object; nested ones are columns of JSON text. */
    void object(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Not an object.");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String column = parser.currentName();
                JsonToken token = parser.nextToken();
                add(column, typeOf(token, parser));
                parser.skipChildren();
            }
        }
    }

    /** Whether no column was seen. */
    boolean isEmpty() {
        return columns.isEmpty();
    }

    /**
     * The columns, those of the key first and never null.
     *
     * @param keyColumns columns that stand in the keys
     */
    List<DiscoveredTable.Column> columns(List<String> keyColumns) {
        List<DiscoveredTable.Column> found = new ArrayList<>();
        for (String name : keyColumns) {
            GuessedType type = columns.getOrDefault(name, GuessedType.STRING);
            found.add(new DiscoveredTable.Column(name, type.dataType().notNull(), ""));
        }
        columns.forEach(
                (name, type) -> {
                    if (!keyColumns.contains(name)) {
                        found.add(new DiscoveredTable.Column(name, type.dataType(), ""));
                    }
                });
        return found;
    }

    private void add(String column, GuessedType type) {
        columns.merge(column, type, GuessedType::with);
    }

    private static GuessedType typeOf(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case VALUE_NULL -> GuessedType.UNKNOWN;
            case VALUE_TRUE, VALUE_FALSE -> GuessedType.BOOLEAN;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> GuessedType.ofNumber(parser.getText());
            case VALUE_STRING -> GuessedType.ofTime(parser.getText());
            default -> GuessedType.STRING;
        };
    }
}
