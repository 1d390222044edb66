// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/** Encoders of truth values, whole numbers and floating-point numbers. */
final class NumberEncoders {

    private static final long MAX_UNSIGNED = 0xFFFF_FFFFL;

    private NumberEncoders() {}

    /** Reads a whole number of a field, whatever its width. */
    @FunctionalInterface
    private interface WholeNumber {
        long of(RowData row, int field);
    }

    /** The encoder, or null if this family has none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        if (type.category() != PostgresType.Category.BASE) {
            return null;
        }
        return switch (source.getTypeRoot()) {
            case BOOLEAN -> type.isBase(Oids.BOOL) ? NumberEncoders::bool : null;
            case TINYINT -> whole(type, RowData::getByte, column);
            case SMALLINT -> whole(type, RowData::getShort, column);
            case INTEGER -> whole(type, RowData::getInt, column);
            case BIGINT -> whole(type, RowData::getLong, column);
            case FLOAT -> single(type);
            case DOUBLE -> real(type, column);
            default -> null;
        };
    }

    private static void bool(RowData row, int field, TupleBuffer out) {
        out.int4(1);
        out.int1(row.getBoolean(field) ? 1 : 0);
    }

    private static ColumnEncoder whole(
            PostgresType type, WholeNumber number, EncodedColumn column) {
        return switch (type.oid()) {
            case Oids.INT2 ->
                    (row, field, out) -> {
                        long value = number.of(row, field);
                        require(value == (short) value, column);
                        out.int4(2);
                        out.int2((int) value);
                    };
            case Oids.INT4 ->
                    (row, field, out) -> {
                        long value = number.of(row, field);
                        require(value == (int) value, column);
                        out.int4(4);
                        out.int4((int) value);
                    };
            case Oids.INT8 ->
                    (row, field, out) -> {
                        out.int4(8);
                        out.int8(number.of(row, field));
                    };
            case Oids.OID, Oids.XID ->
                    (row, field, out) -> {
                        long value = number.of(row, field);
                        require(value >= 0 && value <= MAX_UNSIGNED, column);
                        out.int4(4);
                        out.int4((int) value);
                    };
            default -> null;
        };
    }

    private static void require(boolean fits, EncodedColumn column) {
        if (!fits) {
            throw column.refuse("is out of the range of its type");
        }
    }

    private static ColumnEncoder single(PostgresType type) {
        return switch (type.oid()) {
            case Oids.FLOAT4 ->
                    (row, field, out) -> {
                        out.int4(4);
                        out.int4(Float.floatToIntBits(row.getFloat(field)));
                    };
            case Oids.FLOAT8 ->
                    (row, field, out) -> {
                        out.int4(8);
                        out.int8(Double.doubleToLongBits(row.getFloat(field)));
                    };
            default -> null;
        };
    }

    private static ColumnEncoder real(PostgresType type, EncodedColumn column) {
        return switch (type.oid()) {
            case Oids.FLOAT4 ->
                    (row, field, out) -> {
                        double value = row.getDouble(field);
                        float narrow = (float) value;
                        require(Float.isFinite(narrow) || !Double.isFinite(value), column);
                        out.int4(4);
                        out.int4(Float.floatToIntBits(narrow));
                    };
            case Oids.FLOAT8 ->
                    (row, field, out) -> {
                        out.int4(8);
                        out.int8(Double.doubleToLongBits(row.getDouble(field)));
                    };
            default -> null;
        };
    }
}
