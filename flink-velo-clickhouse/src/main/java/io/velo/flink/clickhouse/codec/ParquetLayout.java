// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** The columns of a Parquet file by its schema, as they fit the types that were asked for. */
final class ParquetLayout {

    private static final int MAX_LEVEL = 64;

    private final List<SchemaElement> elements;
    private final String[] names;
    private final ParquetColumn[] columns;
    private int next = 1;

    ParquetLayout(List<SchemaElement> elements) {
        this.elements = elements;
        int count = elements.isEmpty() ? 0 : elements.get(0).getNum_children();
        if (count <= 0 || count >= elements.size()) {
            throw WireInput.broken("has a Parquet schema without columns");
        }
        names = new String[count];
        columns = new ParquetColumn[count];
        for (int i = 0; i < count; i++) {
            SchemaElement top = peek();
            names[i] = top.getName();
            if (names[i] == null) {
                throw WireInput.broken("has a column without a name");
            }
            ClickHouseType named = CarriedTypes.named(names[i]);
            ClickHouseType type = named == null ? typeOf(top) : named;
            List<ParquetLeaf> leaves = new ArrayList<>();
            columns[i] = new ParquetColumn(node(type, 0, 0, 0, leaves), leaves);
        }
        if (next != elements.size()) {
            throw WireInput.broken("has a Parquet schema of more than its columns");
        }
    }

    String[] names() {
        return names;
    }

    ParquetColumn[] columns() {
        return columns;
    }

    private SchemaElement peek() {
        if (next >= elements.size()) {
            throw WireInput.broken("has a Parquet schema that is cut off");
        }
        return elements.get(next);
    }

    private SchemaElement take(int children, ClickHouseType type) {
        SchemaElement element = peek();
        next++;
        boolean fits = element.getName() != null && element.getRepetition_type() != null;
        if (!fits || element.getNum_children() != children) {
            throw other(type);
        }
        return element;
    }

    /**
     * Reads the next column or part of one.
     *
     * @param repetition the repetition level around it
     * @param definition the definition level around it
     * @param exists the definition level of elements of the list around it
     */
    private ParquetNode node(
            ClickHouseType type,
            int repetition,
            int definition,
            int exists,
            List<ParquetLeaf> leaves) {
        List<ClickHouseType.Field> fields = type.fields();
        boolean list = type.kind() == TypeKind.ARRAY || type.kind() == TypeKind.MAP;
        SchemaElement element = take(list ? 1 : fields.size(), type);
        boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        int defined = definition + (optional ? 1 : 0);
        if (element.getRepetition_type() == FieldRepetitionType.REPEATED || defined > MAX_LEVEL) {
            throw other(type);
        }
        int first = leaves.size();
        List<ParquetNode> parts = new ArrayList<>();
        if (list) {
            SchemaElement repeated = take(fields.size(), type);
            if (repeated.getRepetition_type() != FieldRepetitionType.REPEATED) {
                throw other(type);
            }
            for (ClickHouseType.Field field : fields) {
                parts.add(node(field.type(), repetition + 1, defined + 1, defined + 1, leaves));
            }
        } else if (fields.isEmpty()) {
            leaves.add(leaf(element, type, repetition, defined));
        } else {
            for (ClickHouseType.Field field : fields) {
                parts.add(node(field.type(), repetition, defined, exists, leaves));
            }
        }
        return new ParquetNode(
                type, repetition, definition, defined, exists, first, leaves.size() - first, parts);
    }

    private static ParquetLeaf leaf(
            SchemaElement element, ClickHouseType type, int repetition, int definition) {
        CarriedValue value = CarriedValue.of(type);
        boolean fixed = element.getType() == Type.FIXED_LEN_BYTE_ARRAY;
        int bytes = fixed ? element.getType_length() : 0;
        boolean decimal = fixed && value.form() == CarriedValue.Form.DECIMAL;
        boolean fits =
                decimal
                        ? bytes > 0 && bytes <= value.width()
                        : element.getType() == ParquetSchema.type(value)
                                && (!fixed || bytes == value.width());
        switch (value.form()) {
            case SIGNED, UNSIGNED -> fits &= isWhole(element, value);
            case DECIMAL -> fits &= element.getScale() == value.scale();
            default -> {
                // The type says it all.
            }
        }
        if (!fits) {
            throw other(type);
        }
        return new ParquetLeaf(value, decimal ? bytes : 0, repetition, definition);
    }

    /** Numbers without an annotation are signed and have all bits of their type. */
    private static boolean isWhole(SchemaElement element, CarriedValue value) {
        boolean annotated =
                element.getLogicalType() != null && element.getLogicalType().isSetINTEGER();
        IntType type =
                annotated
                        ? element.getLogicalType().getINTEGER()
                        : new IntType((byte) (element.getType() == Type.INT64 ? 64 : 32), true);
        boolean plain = element.getLogicalType() == null || annotated;
        return plain
                && type.getBitWidth() == value.width() * Byte.SIZE
                && type.isIsSigned() == (value.form() == CarriedValue.Form.SIGNED);
    }

    static RuntimeException other(ClickHouseType type) {
        return WireInput.broken(
                "holds another type than "
                        + type
                        + ", which was asked for: the column may have been changed since");
    }

    /** The type of a column whose name does not say it: a number or a text. */
    private static ClickHouseType typeOf(SchemaElement element) {
        boolean whole = element.getLogicalType() != null && element.getLogicalType().isSetINTEGER();
        Type type = element.getType();
        String plain = null;
        if (whole) {
            IntType number = element.getLogicalType().getINTEGER();
            plain = (number.isIsSigned() ? "Int" : "UInt") + number.getBitWidth();
        } else if (type != null) {
            plain =
                    switch (type) {
                        case BOOLEAN -> "Bool";
                        case INT32 -> "Int32";
                        case INT64 -> "Int64";
                        case FLOAT -> "Float32";
                        case DOUBLE -> "Float64";
                        case BYTE_ARRAY -> "String";
                        default -> null;
                    };
        }
        if (plain == null) {
            throw WireInput.broken("holds a column of a type that was not asked for");
        }
        boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        ClickHouseType parsed = TypeParser.parse(optional ? "Nullable(" + plain + ")" : plain);
        if (!parsed.supported()) {
            throw WireInput.broken("holds a column of a type that was not asked for");
        }
        return parsed;
    }
}
