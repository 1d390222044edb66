// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One column whose value stands in the value of a key, and not in the key. Immutable, therefore
 * thread-safe.
 *
 * @param name the column and the field of the hash or JSON object
 * @param type its type
 * @param position where it stands in the rows that are produced or written
 */
record ValueColumn(String name, LogicalType type, int position) implements Serializable {

    /** The name as it is sent. */
    byte[] field() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The sentence for a value that is not of this column's type. */
    VeloException invalid(String table, Throwable reason) {
        return RedisProblems.value(table, name, type.asSummaryString(), reason);
    }

    /** The sentence for a field that is absent or null although the column is NOT NULL. */
    VeloException missing(String table) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "Column '" + name + "' is NOT NULL, but a key has no such field.")
                .at(table)
                .remedy("Declare the column without NOT NULL, or complete the data.")
                .toException();
    }
}
