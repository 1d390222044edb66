// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** Encoders of text-like columns, byte strings and identifiers of 16 bytes. */
final class TextEncoders {

    private static final int UUID_BYTES = 16;

    private TextEncoders() {}

    /** The encoder, or null if this family has none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        return switch (source.getTypeRoot()) {
            case CHAR, VARCHAR -> text(type, column);
            case BINARY, VARBINARY -> bytes(type, column);
            default -> null;
        };
    }

    private static ColumnEncoder text(PostgresType type, EncodedColumn column) {
        if (TextDecoders.isSentAsText(type)) {
            return (row, field, out) -> {
                int start = out.open();
                out.text(row.getString(field));
                out.close(start);
            };
        }
        if (type.isBase(Oids.JSONB)) {
            return (row, field, out) -> {
                int start = out.open();
                out.int1(1);
                out.text(row.getString(field));
                out.close(start);
            };
        }
        return type.isBase(Oids.UUID) ? (row, field, out) -> uuid(row, field, out, column) : null;
    }

    private static void uuid(RowData row, int field, TupleBuffer out, EncodedColumn column) {
        StringData text = row.getString(field);
        byte[] letters = text.toBytes();
        out.int4(UUID_BYTES);
        int start = out.size();
        int high = -1;
        for (byte letter : letters) {
            int digit = Character.digit(letter, 16);
            if (digit < 0) {
                // Hyphens, where the server takes them: between groups of four digits.
                boolean between = high < 0 && out.size() > start && out.size() % 2 == start % 2;
                if (letter != '-' || !between) {
                    throw column.refuse("is no UUID");
                }
            } else if (high < 0) {
                high = digit;
            } else {
                out.int1(high << 4 | digit);
                high = -1;
            }
        }
        if (out.size() != start + UUID_BYTES || high >= 0) {
            throw column.refuse("is no UUID");
        }
    }

    private static ColumnEncoder bytes(PostgresType type, EncodedColumn column) {
        if (type.isBase(Oids.BYTEA)) {
            return (row, field, out) -> {
                byte[] value = row.getBinary(field);
                out.int4(value.length);
                out.bytes(value, 0, value.length);
            };
        }
        if (type.isBase(Oids.UUID)) {
            return (row, field, out) -> {
                byte[] value = row.getBinary(field);
                if (value.length != UUID_BYTES) {
                    throw column.refuse("does not have 16 bytes");
                }
                out.int4(value.length);
                out.bytes(value, 0, value.length);
            };
        }
        return null;
    }
}
