// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import org.apache.flink.table.types.logical.LogicalType;

/** Sentences about columns. Stateless. */
final class Columns {

    private Columns() {}

    /** A column whose type Redis values cannot hold. */
    static VeloException unsupported(RedisTable table, String column, LogicalType type) {
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column
                                + "' has type "
                                + type.asSummaryString()
                                + ", which cannot be stored there in Redis.")
                .at(table.name())
                .remedy(
                        "Use a scalar type, or in values ROW, ARRAY or MAP with STRING keys; or"
                                + " CAST the column to STRING.")
                .toException();
    }
}
