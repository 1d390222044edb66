// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.sql.Identifier;
import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * How one PostgreSQL column is read as one Flink type: as it is, or through a cast that the server
 * does where Velo has no decoder for the pair. Immutable, therefore thread-safe.
 *
 * @param column the column
 * @param type its type in the database
 * @param wire the type in which the server sends it: {@code type}, or what the cast makes of it
 * @param target the Flink type
 */
public record ColumnMapping(
        Identifier column, PostgresType type, PostgresType wire, LogicalType target)
        implements Serializable {

    /**
     * Chooses how the column is read.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if the type cannot be
     *     read as the Flink type
     */
    public static ColumnMapping of(Identifier column, PostgresType type, LogicalType target) {
        for (PostgresType wire : CastForms.of(type, target)) {
            ColumnMapping mapping = new ColumnMapping(column, type, wire, target);
            if (mapping.find(SpecialValues.FAIL) != null) {
                return mapping;
            }
        }
        throw unsupported(column, type, target);
    }

    /**
     * The column as it stands in a select list, read from the relation of the given alias. The cast
     * to a built-in type costs nothing where the column has it, and keeps the binary form what the
     * decoder expects if somebody changes the column meanwhile.
     */
    public String expression(String alias) {
        String text = alias + '.' + column.quoted();
        boolean builtIn = wire.schema().equals("pg_catalog");
        return builtIn ? text + "::" + wire.sql() : text;
    }

    /** A decoder of the column's binary form. */
    public ColumnDecoder decoder(SpecialValues policy) {
        return find(policy);
    }

    /**
     * Whether the column is decoded from its own binary form, without a cast that only a query can
     * ask for.
     */
    public boolean isDirect() {
        return wire.equals(type);
    }

    /**
     * A decoder of the text form, which the change stream sends where it does not send the binary
     * one; the same values come out.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if the type's text
     *     depends on settings of the server
     */
    public ColumnDecoder textDecoder(SpecialValues policy) {
        ColumnDecoder decoder = TextForm.find(type, target, decoded(policy));
        if (decoder == null) {
            throw unsupported(column, type, target);
        }
        return decoder;
    }

    private ColumnDecoder find(SpecialValues policy) {
        return ColumnDecoders.find(wire, target, decoded(policy));
    }

    private DecodedColumn decoded(SpecialValues policy) {
        return new DecodedColumn(
                column.name(),
                type.display(),
                target.asSummaryString(),
                target.isNullable(),
                policy);
    }

    private static RuntimeException unsupported(
            Identifier column, PostgresType type, LogicalType target) {
        String natural =
                DefaultTypes.of(type)
                        .map(found -> "It can be " + found.getLogicalType() + " or STRING.")
                        .orElse("Declare it as STRING to read its text.");
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column
                                + "' is "
                                + type
                                + " in PostgreSQL and cannot be read as "
                                + target.copy(true).asSummaryString()
                                + ".")
                .remedy(natural)
                .toException();
    }
}
