// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/** Finds the encoder for a pair of types among all families. */
final class ColumnEncoders {

    private static final Family[] FAMILIES = {
        NumberEncoders::find,
        NumericEncoder::find,
        TextEncoders::find,
        TimeEncoders::find,
        BitEncoders::find,
        ColumnEncoders::array
    };

    private ColumnEncoders() {}

    /** The encoder, or null if there is none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        for (Family family : FAMILIES) {
            ColumnEncoder encoder = family.find(type, source, column);
            if (encoder != null) {
                return encoder;
            }
        }
        return null;
    }

    private static ColumnEncoder array(
            PostgresType type, LogicalType source, EncodedColumn column) {
        if (type.category() != PostgresType.Category.ARRAY || !(source instanceof ArrayType)) {
            return null;
        }
        LogicalType element = ((ArrayType) source).getElementType();
        ColumnEncoder encoder =
                element instanceof ArrayType ? null : find(type.element(), element, column);
        return encoder == null ? null : new ArrayEncoder(encoder, type.element().oid());
    }

    @FunctionalInterface
    private interface Family {
        ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column);
    }
}
