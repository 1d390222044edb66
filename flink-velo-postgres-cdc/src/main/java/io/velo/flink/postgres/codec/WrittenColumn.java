// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.sql.Identifier;
import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * How one Flink type is written into one PostgreSQL column: as it is, or as text or number that the
 * server casts where Velo has no encoder for the pair. The inverse of {@link ColumnMapping}.
 * Immutable, therefore thread-safe.
 *
 * @param column the column
 * @param type its type in the database
 * @param wire the type in which the value is sent: {@code type}, or what the cast takes
 * @param source the Flink type
 */
public record WrittenColumn(
        Identifier column, PostgresType type, PostgresType wire, LogicalType source)
        implements Serializable {

    /**
     * Chooses how the column is written.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if the Flink type
     *     cannot be written into the column
     */
    public static WrittenColumn of(Identifier column, PostgresType type, LogicalType source) {
        for (PostgresType wire : CastForms.of(type, source)) {
            WrittenColumn written = new WrittenColumn(column, type, wire, source);
            if (written.encoder() != null) {
                return written;
            }
        }
        throw unsupported(column, type, source);
    }

    /** A new encoder of the column's values; one thread may use it. */
    public ColumnEncoder encoder() {
        return ColumnEncoders.find(wire, source, new EncodedColumn(column.name(), type.display()));
    }

    /** Whether the server casts what is sent. */
    public boolean isCast() {
        return !wire.equals(type);
    }

    /** Whether what is sent is an array, which {@code unnest} would take apart. */
    public boolean isArray() {
        return wire.category() == PostgresType.Category.ARRAY;
    }

    /** An expression of the wire type as a value of the column's type. */
    public String cast(String expression) {
        return isCast() ? expression + "::" + type.sql() : expression;
    }

    private static RuntimeException unsupported(
            Identifier column, PostgresType type, LogicalType source) {
        String natural =
                DefaultTypes.of(type)
                        .map(found -> "It takes " + found.getLogicalType() + " or STRING.")
                        .orElse("It takes STRING: its text.");
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column
                                + "' is "
                                + type
                                + " in PostgreSQL and "
                                + source.copy(true).asSummaryString()
                                + " cannot be written into it.")
                .remedy(natural)
                .toException();
    }
}
