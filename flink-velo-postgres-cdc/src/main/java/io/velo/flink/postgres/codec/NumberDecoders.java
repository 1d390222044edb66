// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Decoders of boolean, integer, object number and float columns. */
final class NumberDecoders {

    private NumberDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        if (type.category() != PostgresType.Category.BASE) {
            return null;
        }
        return switch (type.oid()) {
            case Oids.BOOL -> bool(target.getTypeRoot(), column);
            case Oids.INT2 -> int2(target.getTypeRoot(), column);
            case Oids.INT4 -> int4(target.getTypeRoot(), column);
            case Oids.INT8 -> int8(target.getTypeRoot(), column);
            case Oids.OID, Oids.XID -> unsigned(target.getTypeRoot(), column);
            case Oids.FLOAT4 -> float4(target.getTypeRoot(), column);
            case Oids.FLOAT8 -> float8(target.getTypeRoot(), column);
            default -> null;
        };
    }

    private static ColumnDecoder bool(LogicalTypeRoot target, DecodedColumn column) {
        if (target != LogicalTypeRoot.BOOLEAN) {
            return null;
        }
        return (bytes, offset, length) -> {
            column.require(length == 1, length);
            return bytes[offset] != 0;
        };
    }

    private static ColumnDecoder int2(LogicalTypeRoot target, DecodedColumn column) {
        return switch (target) {
            case SMALLINT ->
                    (bytes, offset, length) -> {
                        column.require(length == 2, length);
                        return Bytes.int2(bytes, offset);
                    };
            case INTEGER ->
                    (bytes, offset, length) -> {
                        column.require(length == 2, length);
                        return (int) Bytes.int2(bytes, offset);
                    };
            case BIGINT ->
                    (bytes, offset, length) -> {
                        column.require(length == 2, length);
                        return (long) Bytes.int2(bytes, offset);
                    };
            case CHAR, VARCHAR ->
                    (bytes, offset, length) -> {
                        column.require(length == 2, length);
                        return digits(Bytes.int2(bytes, offset));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder int4(LogicalTypeRoot target, DecodedColumn column) {
        return switch (target) {
            case INTEGER ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return Bytes.int4(bytes, offset);
                    };
            case BIGINT ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return (long) Bytes.int4(bytes, offset);
                    };
            case CHAR, VARCHAR ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return digits(Bytes.int4(bytes, offset));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder int8(LogicalTypeRoot target, DecodedColumn column) {
        return switch (target) {
            case BIGINT ->
                    (bytes, offset, length) -> {
                        column.require(length == 8, length);
                        return Bytes.int8(bytes, offset);
                    };
            case CHAR, VARCHAR ->
                    (bytes, offset, length) -> {
                        column.require(length == 8, length);
                        return digits(Bytes.int8(bytes, offset));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder unsigned(LogicalTypeRoot target, DecodedColumn column) {
        return switch (target) {
            case BIGINT ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return Integer.toUnsignedLong(Bytes.int4(bytes, offset));
                    };
            case CHAR, VARCHAR ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return digits(Integer.toUnsignedLong(Bytes.int4(bytes, offset)));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder float4(LogicalTypeRoot target, DecodedColumn column) {
        return switch (target) {
            case FLOAT ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return Float.intBitsToFloat(Bytes.int4(bytes, offset));
                    };
            case DOUBLE ->
                    (bytes, offset, length) -> {
                        column.require(length == 4, length);
                        return (double) Float.intBitsToFloat(Bytes.int4(bytes, offset));
                    };
            default -> null;
        };
    }

    private static ColumnDecoder float8(LogicalTypeRoot target, DecodedColumn column) {
        if (target != LogicalTypeRoot.DOUBLE) {
            return null;
        }
        return (bytes, offset, length) -> {
            column.require(length == 8, length);
            return Double.longBitsToDouble(Bytes.int8(bytes, offset));
        };
    }

    private static StringData digits(long number) {
        return BinaryStringData.fromBytes(
                Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    }
}
