// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** How hash fields are read: scalars as text, nested types as JSON, binary as it is. Stateless. */
final class FieldReaders {

    private static final JsonFactory JSON = new JsonFactory();

    private FieldReaders() {}

    /** The reader of a type, or nothing if a field has no form for it. */
    static Optional<FieldReader> of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> Optional.of(StringData::fromBytes);
            case BINARY, VARBINARY -> Optional.of(bytes -> bytes);
            case ARRAY, MAP, ROW -> JsonReaders.of(type).map(FieldReaders::json);
            default ->
                    TextReaders.of(type)
                            .map(
                                    text ->
                                            bytes ->
                                                    text.read(
                                                            new String(
                                                                    bytes,
                                                                    StandardCharsets.UTF_8)));
        };
    }

    private static FieldReader json(JsonReader reader) {
        return bytes -> {
            try (JsonParser parser = JSON.createParser(bytes)) {
                parser.nextToken();
                return reader.read(parser);
            }
        };
    }
}
