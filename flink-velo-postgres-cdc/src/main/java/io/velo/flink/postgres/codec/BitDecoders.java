// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.Arrays;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;

/** Decoders of bit strings: a 32-bit count of bits, then the bits, the first one the highest. */
final class BitDecoders {

    private BitDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        if (!type.isBase(Oids.BIT) && !type.isBase(Oids.VARBIT)) {
            return null;
        }
        return switch (target.getTypeRoot()) {
            case BOOLEAN -> isOneBit(type) ? bool(column) : null;
            case CHAR, VARCHAR -> text(column);
            case BINARY, VARBINARY ->
                    (bytes, offset, length) -> {
                        requireBits(bytes, offset, length, column);
                        return Arrays.copyOfRange(bytes, offset + 4, offset + length);
                    };
            default -> null;
        };
    }

    static boolean isOneBit(PostgresType type) {
        return type.isBase(Oids.BIT) && type.modifier() == 1;
    }

    private static ColumnDecoder bool(DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(requireBits(bytes, offset, length, column) == 1, length);
            return bytes[offset + 4] < 0;
        };
    }

    private static ColumnDecoder text(DecodedColumn column) {
        return (bytes, offset, length) -> {
            byte[] text = new byte[requireBits(bytes, offset, length, column)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) ('0' + (bytes[offset + 4 + (i >> 3)] >> (7 - (i & 7)) & 1));
            }
            return BinaryStringData.fromBytes(text);
        };
    }

    private static int requireBits(byte[] bytes, int offset, int length, DecodedColumn column) {
        column.require(length >= 4, length);
        int bits = Bytes.int4(bytes, offset);
        column.require(bits >= 0 && length - 4 == (bits + 7L) / 8, length);
        return bits;
    }
}
