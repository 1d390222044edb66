// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import com.google.flatbuffers.FlatBufferBuilder;
import io.velo.flink.clickhouse.type.TypeKind;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.List;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Type;

/** Writes the fields of an Arrow schema. Stateless. */
final class ArrowFields {

    /** Arrow's decimals of this width are the narrowest that every reader knows. */
    private static final int DECIMAL_BYTES = 16;

    private ArrowFields() {}

    /** Adds the field of a column and returns where it is. */
    static int put(FlatBufferBuilder builder, String name, ColumnBytes column) {
        boolean nullable = column.nulls() != null;
        TypeKind kind = column.type().kind();
        ColumnBytes[] parts = column.parts();
        return switch (kind) {
            case ARRAY, VECTOR -> {
                int element = put(builder, "item", parts[0]);
                List.startList(builder);
                int type = List.endList(builder);
                yield field(builder, name, nullable, Type.List, type, element);
            }
            case MAP -> {
                int key = put(builder, "key", parts[0]);
                int value = put(builder, "value", parts[1]);
                int entry = struct(builder, "entries", false, key, value);
                int type = Map.createMap(builder, false);
                yield field(builder, name, nullable, Type.Map, type, entry);
            }
            case TUPLE -> {
                int[] fields = new int[parts.length];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = put(builder, ParquetEncoder.fieldName(column.type(), i), parts[i]);
                }
                yield struct(builder, name, nullable, fields);
            }
            default -> leaf(builder, name, nullable, CarriedValue.of(column.type()));
        };
    }

    private static int leaf(
            FlatBufferBuilder builder, String name, boolean nullable, CarriedValue value) {
        int width = value.width();
        return switch (value.form()) {
            case BOOLEAN -> {
                Bool.startBool(builder);
                yield field(builder, name, nullable, Type.Bool, Bool.endBool(builder));
            }
            case SIGNED, UNSIGNED -> {
                boolean signed = value.form() == CarriedValue.Form.SIGNED;
                int type = Int.createInt(builder, width * Byte.SIZE, signed);
                yield field(builder, name, nullable, Type.Int, type);
            }
            case FLOAT, HALF_FLOAT -> {
                short precision = width == Double.BYTES ? Precision.DOUBLE : Precision.SINGLE;
                int type = FloatingPoint.createFloatingPoint(builder, precision);
                yield field(builder, name, nullable, Type.FloatingPoint, type);
            }
            case DECIMAL -> {
                int bits = decimalBytes(value) * Byte.SIZE;
                int type = Decimal.createDecimal(builder, value.digits(), value.scale(), bits);
                yield field(builder, name, nullable, Type.Decimal, type);
            }
            case TEXT -> {
                Binary.startBinary(builder);
                yield field(builder, name, nullable, Type.Binary, Binary.endBinary(builder));
            }
            case FIXED, UUID -> {
                int type = FixedSizeBinary.createFixedSizeBinary(builder, width);
                yield field(builder, name, nullable, Type.FixedSizeBinary, type);
            }
        };
    }

    /** Bytes of a decimal in Arrow. */
    static int decimalBytes(CarriedValue value) {
        return Math.max(DECIMAL_BYTES, value.width());
    }

    private static int struct(
            FlatBufferBuilder builder, String name, boolean nullable, int... fields) {
        Struct_.startStruct_(builder);
        return field(builder, name, nullable, Type.Struct_, Struct_.endStruct_(builder), fields);
    }

    private static int field(
            FlatBufferBuilder builder,
            String name,
            boolean nullable,
            byte kind,
            int type,
            int... children) {
        int text = builder.createString(name);
        // Readers want the list of children also where there are none.
        int parts = Field.createChildrenVector(builder, children);
        return Field.createField(builder, text, nullable, kind, type, 0, parts, 0);
    }
}
