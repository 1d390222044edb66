// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/** Finds the decoder for a pair of types among all families. */
final class ColumnDecoders {

    private static final Family[] FAMILIES = {
        NumberDecoders::find,
        NumericDecoders::find,
        TextDecoders::find,
        TimeDecoders::find,
        IntervalDecoders::find,
        BitDecoders::find,
        NetworkDecoders::find,
        ColumnDecoders::array
    };

    private ColumnDecoders() {}

    /** The decoder, or null if there is none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        for (Family family : FAMILIES) {
            ColumnDecoder decoder = family.find(type, target, column);
            if (decoder != null) {
                return decoder;
            }
        }
        return null;
    }

    private static ColumnDecoder array(
            PostgresType type, LogicalType target, DecodedColumn column) {
        if (type.category() != PostgresType.Category.ARRAY || !(target instanceof ArrayType)) {
            return null;
        }
        LogicalType elementTarget = ((ArrayType) target).getElementType();
        DecodedColumn elementColumn =
                new DecodedColumn(
                        column.name(),
                        column.type(),
                        column.target(),
                        elementTarget.isNullable(),
                        column.policy());
        ColumnDecoder element = find(type.element(), elementTarget, elementColumn);
        if (element == null || elementTarget instanceof ArrayType) {
            return null;
        }
        return new ArrayDecoder(element, column);
    }

    @FunctionalInterface
    private interface Family {
        ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column);
    }
}
