// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.Arrays;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Decoders of text-like columns, byte strings and identifiers of 16 bytes. */
final class TextDecoders {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    /** Both digits of each byte. */
    private static final short[] HEX_PAIRS = new short[256];

    static {
        for (int i = 0; i < HEX_PAIRS.length; i++) {
            HEX_PAIRS[i] = (short) (HEX[i >> 4] << 8 | HEX[i & 15]);
        }
    }

    private TextDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        boolean toText =
                target.getTypeRoot() == LogicalTypeRoot.VARCHAR
                        || target.getTypeRoot() == LogicalTypeRoot.CHAR;
        boolean toBytes =
                target.getTypeRoot() == LogicalTypeRoot.VARBINARY
                        || target.getTypeRoot() == LogicalTypeRoot.BINARY;
        if (toText && isSentAsText(type)) {
            // The connection is UTF-8 and the server has checked it: no copy, no decoding.
            return ColumnDecoder.AS_SENT;
        }
        if (toText && type.isBase(Oids.JSONB)) {
            return (bytes, offset, length) -> {
                column.require(length > 1 && bytes[offset] == 1, length);
                return BinaryStringData.fromBytes(bytes, offset + 1, length - 1);
            };
        }
        if (toText && type.isBase(Oids.UUID)) {
            return (bytes, offset, length) -> {
                column.require(length == 16, length);
                return uuid(bytes, offset);
            };
        }
        if (toBytes && type.isBase(Oids.BYTEA)) {
            return (bytes, offset, length) -> Arrays.copyOfRange(bytes, offset, offset + length);
        }
        if (toBytes && type.isBase(Oids.UUID)) {
            return (bytes, offset, length) -> {
                column.require(length == 16, length);
                return Arrays.copyOfRange(bytes, offset, offset + 16);
            };
        }
        return null;
    }

    static boolean isSentAsText(PostgresType type) {
        if (type.category() == PostgresType.Category.ENUM || type.isExtension("citext")) {
            return true;
        }
        if (type.category() != PostgresType.Category.BASE) {
            return false;
        }
        return switch (type.oid()) {
            case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME, Oids.JSON, Oids.XML -> true;
            default -> false;
        };
    }

    private static BinaryStringData uuid(byte[] bytes, int offset) {
        byte[] text = new byte[36];
        hex(bytes, offset, 4, text, 0);
        text[8] = '-';
        hex(bytes, offset + 4, 2, text, 9);
        text[13] = '-';
        hex(bytes, offset + 6, 2, text, 14);
        text[18] = '-';
        hex(bytes, offset + 8, 2, text, 19);
        text[23] = '-';
        hex(bytes, offset + 10, 6, text, 24);
        return BinaryStringData.fromBytes(text);
    }

    private static void hex(byte[] bytes, int offset, int length, byte[] text, int at) {
        for (int i = 0; i < length; i++) {
            Bytes.putInt2(text, at + 2 * i, HEX_PAIRS[bytes[offset + i] & 0xff]);
        }
    }
}
