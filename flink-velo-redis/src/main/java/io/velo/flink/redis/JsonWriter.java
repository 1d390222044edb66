// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** Writes one column of a row as a JSON value. Thread-safe. */
@FunctionalInterface
interface JsonWriter extends Serializable {

    /** Writes the column at a position, null included. */
    void write(JsonGenerator json, RowData row, int position) throws IOException;
}
