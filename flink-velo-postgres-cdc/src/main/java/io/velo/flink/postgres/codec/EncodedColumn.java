// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;

/**
 * The words in which an encoder speaks of its column. Immutable, therefore thread-safe.
 *
 * @param name the column
 * @param type its PostgreSQL type
 */
record EncodedColumn(String name, String type) {

    /**
     * Refuses a value.
     *
     * @param reason the rest of the sentence "A value of column … (…)", such as "is too large"
     */
    VeloException refuse(String reason) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A value of column '" + name + "' (" + type + ") " + reason + ".")
                .remedy("Correct the value, or widen the column in PostgreSQL.")
                .toException();
    }
}
