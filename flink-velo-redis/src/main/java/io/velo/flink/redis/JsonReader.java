// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Serializable;

/** Reads one JSON value as Flink's internal object of one type. Thread-safe. */
@FunctionalInterface
interface JsonReader extends Serializable {

    /**
     * The value at which the parser stands; afterwards it stands at the value's last token.
     *
     * @return null for JSON's null
     * @throws IOException if the text is no JSON
     * @throws RuntimeException if the value is not of the type
     */
    Object read(JsonParser parser) throws IOException;
}
