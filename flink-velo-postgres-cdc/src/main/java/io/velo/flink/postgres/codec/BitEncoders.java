// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.types.logical.LogicalType;

/** Encoders of bit strings from truth values and bytes. Text goes through a cast of the server. */
final class BitEncoders {

    private BitEncoders() {}

    /** The encoder, or null if this family has none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        boolean fixed = type.isBase(Oids.BIT);
        if (!fixed && !type.isBase(Oids.VARBIT)) {
            return null;
        }
        return switch (source.getTypeRoot()) {
            case BOOLEAN ->
                    BitDecoders.isOneBit(type)
                            ? (row, field, out) -> {
                                out.int4(5);
                                out.int4(1);
                                out.int1(row.getBoolean(field) ? 0x80 : 0);
                            }
                            : null;
            case BINARY, VARBINARY -> bytes(fixed ? type.modifier() : -1, column);
            default -> null;
        };
    }

    /**
     * The bits of bytes, the first one the highest.
     *
     * @param bits how many bits the column has, or -1 if as many as there are
     */
    private static ColumnEncoder bytes(int bits, EncodedColumn column) {
        return (row, field, out) -> {
            byte[] value = row.getBinary(field);
            int count = bits < 0 ? 8 * value.length : bits;
            if ((count + 7) / 8 != value.length) {
                throw column.refuse("does not have as many bytes as the column has bits");
            }
            out.int4(4 + value.length);
            out.int4(count);
            out.bytes(value, 0, value.length);
        };
    }
}
