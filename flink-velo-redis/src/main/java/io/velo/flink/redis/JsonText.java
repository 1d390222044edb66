// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a JSON value as bytes of its own. Stateless. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 256;

    private JsonText() {}

    /** The writer of values as JSON text in UTF-8. */
    static TextWriter of(JsonWriter writer) {
        return (row, position) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
            try (JsonGenerator json = JSON.createGenerator(bytes)) {
                writer.write(json, row, position);
            } catch (IOException e) {
                // Nothing is written anywhere but into memory.
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        };
    }
}
