// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import com.google.flatbuffers.Table;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Type;

/**
 * A column of an Arrow stream or a part of one, as it fits the type that was asked for. Immutable,
 * therefore thread-safe.
 *
 * @param type the type
 * @param value how its values are laid out, or null if it has parts
 * @param bytes bytes of a decimal, of an offset of texts and lists; else 0
 * @param parts what it is made of
 */
record ArrowColumn(ClickHouseType type, CarriedValue value, int bytes, List<ArrowColumn> parts) {

    /** The column of this field, whose name may say its type. */
    static ArrowColumn of(Field field) {
        ClickHouseType named = CarriedTypes.named(field.name());
        return of(field, named == null ? typeOf(field) : named);
    }

    private static ArrowColumn of(Field field, ClickHouseType type) {
        if (field == null || field.dictionary() != null) {
            throw WireInput.broken("has a column with a dictionary, which was not asked for");
        }
        byte kind = field.typeType();
        return switch (type.kind()) {
            case ARRAY -> {
                boolean wide = kind == Type.LargeList;
                require(wide || kind == Type.List, type);
                yield nested(type, wide ? Long.BYTES : Integer.BYTES, field);
            }
            case MAP -> {
                require(kind == Type.Map && field.childrenLength() == 1, type);
                yield nested(type, Integer.BYTES, field.children(0));
            }
            case TUPLE -> {
                require(kind == Type.Struct_, type);
                yield nested(type, 0, field);
            }
            default -> leaf(field, type);
        };
    }

    private static ArrowColumn nested(ClickHouseType type, int bytes, Field field) {
        require(field.childrenLength() == type.fields().size(), type);
        List<ArrowColumn> parts = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            parts.add(of(field.children(i), type.fields().get(i).type()));
        }
        return new ArrowColumn(type, null, bytes, parts);
    }

    private static ArrowColumn leaf(Field field, ClickHouseType type) {
        CarriedValue value = CarriedValue.of(type);
        byte kind = field.typeType();
        int bytes = 0;
        switch (value.form()) {
            case BOOLEAN -> require(kind == Type.Bool, type);
            case SIGNED, UNSIGNED -> {
                require(kind == Type.Int, type);
                Int number = (Int) details(field, new Int());
                boolean signed = value.form() == CarriedValue.Form.SIGNED;
                require(number.bitWidth() == value.width() * Byte.SIZE, type);
                require(number.isSigned() == signed, type);
            }
            case FLOAT, HALF_FLOAT -> {
                require(kind == Type.FloatingPoint, type);
                short precision = ((FloatingPoint) details(field, new FloatingPoint())).precision();
                boolean wide = value.width() == Double.BYTES;
                require(precision == (wide ? Precision.DOUBLE : Precision.SINGLE), type);
            }
            case DECIMAL -> {
                require(kind == Type.Decimal, type);
                Decimal decimal = (Decimal) details(field, new Decimal());
                bytes = decimal.bitWidth() / Byte.SIZE;
                require(bytes >= value.width() && bytes <= 32, type);
                require(decimal.scale() == value.scale(), type);
            }
            case TEXT -> {
                boolean wide = kind == Type.LargeBinary || kind == Type.LargeUtf8;
                require(wide || kind == Type.Binary || kind == Type.Utf8, type);
                bytes = wide ? Long.BYTES : Integer.BYTES;
            }
            case FIXED, UUID -> {
                require(kind == Type.FixedSizeBinary, type);
                FixedSizeBinary fixed = (FixedSizeBinary) details(field, new FixedSizeBinary());
                require(fixed.byteWidth() == value.width(), type);
            }
        }
        return new ArrowColumn(type, value, bytes, List.of());
    }

    private static Table details(Field field, Table kind) {
        Table details = field.type(kind);
        if (details == null) {
            throw WireInput.broken("has a schema that cannot be read");
        }
        return details;
    }

    private static void require(boolean fits, ClickHouseType type) {
        if (!fits) {
            throw ParquetLayout.other(type);
        }
    }

    /** The type of a column whose name does not say it: a number or a text. */
    private static ClickHouseType typeOf(Field field) {
        String plain =
                switch (field.typeType()) {
                    case Type.Bool -> "Bool";
                    case Type.Int -> {
                        Int number = (Int) details(field, new Int());
                        yield (number.isSigned() ? "Int" : "UInt") + number.bitWidth();
                    }
                    case Type.Binary, Type.Utf8, Type.LargeBinary, Type.LargeUtf8 -> "String";
                    default ->
                            throw WireInput.broken(
                                    "holds a column of a type that was not asked for");
                };
        return TypeParser.parse(field.nullable() ? "Nullable(" + plain + ")" : plain);
    }

    /**
     * Reads the values.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if the batch does not
     *     hold them
     */
    ColumnBuffer read(ArrowBatch batch, int rows) {
        if (rows > batch.most()) {
            throw WireInput.broken("has columns of different lengths");
        }
        ColumnBuffer column = new ColumnBuffer(type);
        read(batch, rows, column, false);
        return column;
    }

    private void read(ArrowBatch batch, int count, ColumnBuffer column, boolean within) {
        boolean absent = readNulls(batch, count, column, within);
        if (value != null) {
            ArrowValues.read(this, batch, count, column.data());
            return;
        }
        int elements = count;
        if (bytes > 0) {
            elements = readEnds(batch, count, column.data());
        }
        if (type.kind() == TypeKind.MAP) {
            batch.takeNode(elements);
            batch.takeBuffer(0);
        }
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).read(batch, elements, column.part(i), within || absent);
        }
    }

    /**
     * Reads the marks of NULL.
     *
     * @param within whether something around it may be NULL
     * @return whether some value is NULL
     */
    private boolean readNulls(ArrowBatch batch, int count, ColumnBuffer column, boolean within) {
        boolean some = batch.takeNode(count) > 0;
        ArrowBatch.Slice bits = batch.takeBuffer(some ? (count + 7L) / Byte.SIZE : 0);
        WireBuffer nulls = column.nulls();
        if (!some) {
            if (nulls != null) {
                nulls.fill(0, count);
            }
            return false;
        }
        boolean absent = false;
        for (int i = 0; i < count; i++) {
            int bit = batch.body()[bits.start() + i / Byte.SIZE] >>> i % Byte.SIZE & 1;
            absent |= bit == 0;
            if (nulls != null) {
                nulls.putByte(bit ^ 1);
            }
        }
        if (absent && nulls == null && !within) {
            throw WireInput.broken("holds NULL for a value of type " + type);
        }
        return absent;
    }

    private int readEnds(ArrowBatch batch, int count, WireBuffer ends) {
        ArrowBatch.Slice offsets = batch.takeBuffer(count == 0 ? 0 : (count + 1L) * bytes);
        long before = 0;
        for (int i = 0; i <= count && count > 0; i++) {
            long end = ArrowValues.offset(batch.body(), offsets.start(), i, bytes);
            if (i == 0 ? end != 0 : end < before || end > batch.most()) {
                throw WireInput.broken("has lists that end before they start");
            }
            if (i > 0) {
                ends.putLong(end);
            }
            before = end;
        }
        return (int) before;
    }
}
