// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;

/**
 * The refusal of one value. It names the column and the rule, never the value: rows are private.
 */
final class ValueRefusal {

    private ValueRefusal() {}

    static VeloException of(ColumnTarget target, String allowed) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A row holds a value that column '"
                                + target.name()
                                + "' of type "
                                + target.type()
                                + " cannot keep: it takes "
                                + allowed
                                + ".")
                .remedy("Filter or CAST the value in the query, or widen the column.")
                .toException();
    }

    static VeloException ofNull(ColumnTarget target) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A row holds NULL for column '"
                                + target.name()
                                + "', whose type "
                                + target.type()
                                + " does not take NULL.")
                .remedy("Use COALESCE in the query, or make the column Nullable.")
                .toException();
    }

    /** A value read from the server that the declared Flink type cannot hold. */
    static VeloException read(ColumnSource source, String rule) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "Column '"
                                + source.name()
                                + "' of type "
                                + source.type()
                                + " is declared "
                                + source.flinkType().asSummaryString()
                                + ", but a row holds "
                                + rule
                                + ".")
                .remedy("Declare a wider type, or leave the columns out to have them discovered.")
                .toException();
    }
}
