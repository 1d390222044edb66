// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Decodes the text form of values, as the output functions of the server print it under the
 * settings of every Velo connection. Numbers and times are turned into their binary form first, so
 * that one decoder per type decides what special values become.
 */
final class TextForm {

    private TextForm() {}

    /** The decoder, or null if there is none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        LogicalTypeRoot root = target.getTypeRoot();
        if (root == LogicalTypeRoot.VARCHAR || root == LogicalTypeRoot.CHAR) {
            return type.isBase(Oids.BOOL) ? TextForm::trueOrFalse : ColumnDecoder.AS_SENT;
        }
        if (type.category() == PostgresType.Category.ARRAY) {
            return target instanceof ArrayType array ? array(type, array, column) : null;
        }
        if (type.isBase(Oids.NUMERIC) && target instanceof DecimalType decimal) {
            return decimal(decimal, column);
        }
        ColumnDecoder binary = ColumnDecoders.find(type, target, column);
        BinaryOfText form = BinaryForm.of(type);
        if (binary == null || form == null) {
            return null;
        }
        return (bytes, offset, length) -> {
            byte[] value;
            try {
                value = form.convert(ascii(bytes, offset, length));
            } catch (RuntimeException e) {
                throw column.corrupt(length);
            }
            return binary.decode(value, 0, value.length);
        };
    }

    private static Object trueOrFalse(byte[] bytes, int offset, int length) {
        return BinaryStringData.fromString(bytes[offset] == 't' ? "true" : "false");
    }

    private static ColumnDecoder decimal(DecimalType target, DecodedColumn column) {
        return (bytes, offset, length) -> {
            String text = ascii(bytes, offset, length);
            if (text.endsWith("NaN") || text.endsWith("Infinity")) {
                return column.special(text);
            }
            DecimalData value;
            try {
                value =
                        DecimalData.fromBigDecimal(
                                new BigDecimal(text), target.getPrecision(), target.getScale());
            } catch (NumberFormatException e) {
                throw column.corrupt(length);
            }
            return value == null ? column.special("a number that is too large") : value;
        };
    }

    private static ColumnDecoder array(PostgresType type, ArrayType target, DecodedColumn column) {
        LogicalType elementTarget = target.getElementType();
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
        return (bytes, offset, length) -> {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            List<String> texts;
            try {
                texts = ArrayText.elements(text);
            } catch (IllegalArgumentException e) {
                throw column.unfit("an array of several dimensions");
            }
            Object[] elements = new Object[texts.size()];
            for (int i = 0; i < elements.length; i++) {
                if (texts.get(i) != null) {
                    byte[] value = texts.get(i).getBytes(StandardCharsets.UTF_8);
                    elements[i] = element.decode(value, 0, value.length);
                }
            }
            return new GenericArrayData(elements);
        };
    }

    private static String ascii(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** Turns the text of a value into its binary form. */
    @FunctionalInterface
    interface BinaryOfText {
        byte[] convert(String text);
    }

    static byte[] int8(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
