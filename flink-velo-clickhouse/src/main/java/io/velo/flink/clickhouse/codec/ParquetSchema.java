// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** The schema of a Parquet file as it grows: its elements in the order of a walk. */
final class ParquetSchema {

    private final List<SchemaElement> elements = new ArrayList<>();

    ParquetSchema(int columns) {
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(columns);
        elements.add(root);
    }

    List<SchemaElement> elements() {
        return elements;
    }

    /** Adds a group of that many parts, which follow. */
    SchemaElement group(String name, FieldRepetitionType repetition, int parts) {
        SchemaElement group = new SchemaElement(name);
        group.setRepetition_type(repetition);
        group.setNum_children(parts);
        elements.add(group);
        return group;
    }

    /** Adds the two groups of a list, whose element follows. */
    void list(String name) {
        SchemaElement list = group(name, FieldRepetitionType.REQUIRED, 1);
        list.setConverted_type(ConvertedType.LIST);
        list.setLogicalType(LogicalType.LIST(new ListType()));
        group("list", FieldRepetitionType.REPEATED, 1);
    }

    /** Adds the two groups of a map, whose key and value follow. */
    void map(String name) {
        SchemaElement map = group(name, FieldRepetitionType.REQUIRED, 1);
        map.setConverted_type(ConvertedType.MAP);
        map.setLogicalType(LogicalType.MAP(new MapType()));
        group("key_value", FieldRepetitionType.REPEATED, 2);
    }

    /** Adds a column without parts and returns the type of its values. */
    Type leaf(String name, FieldRepetitionType repetition, CarriedValue value) {
        SchemaElement leaf = new SchemaElement(name);
        leaf.setRepetition_type(repetition);
        leaf.setType(type(value));
        if (leaf.getType() == Type.FIXED_LEN_BYTE_ARRAY) {
            leaf.setType_length(value.width());
        }
        switch (value.form()) {
            case SIGNED -> whole(leaf, value, true);
            case UNSIGNED -> whole(leaf, value, false);
            case DECIMAL -> {
                leaf.setConverted_type(ConvertedType.DECIMAL);
                leaf.setPrecision(value.digits());
                leaf.setScale(value.scale());
                leaf.setLogicalType(
                        LogicalType.DECIMAL(new DecimalType(value.scale(), value.digits())));
            }
            default -> {
                // The type says it all: texts are bytes here as they are in ClickHouse.
            }
        }
        elements.add(leaf);
        return leaf.getType();
    }

    private static void whole(SchemaElement leaf, CarriedValue value, boolean signed) {
        int bits = value.width() * Byte.SIZE;
        leaf.setConverted_type(ConvertedType.valueOf((signed ? "INT_" : "UINT_") + bits));
        leaf.setLogicalType(LogicalType.INTEGER(new IntType((byte) bits, signed)));
    }

    /** The type that holds such values. */
    static Type type(CarriedValue value) {
        return switch (value.form()) {
            case BOOLEAN -> Type.BOOLEAN;
            case SIGNED, UNSIGNED -> value.width() == Long.BYTES ? Type.INT64 : Type.INT32;
            case FLOAT -> value.width() == Long.BYTES ? Type.DOUBLE : Type.FLOAT;
            case HALF_FLOAT -> Type.FLOAT;
            case DECIMAL ->
                    switch (value.width()) {
                        case Integer.BYTES -> Type.INT32;
                        case Long.BYTES -> Type.INT64;
                        default -> Type.FIXED_LEN_BYTE_ARRAY;
                    };
            case TEXT -> Type.BYTE_ARRAY;
            case FIXED, UUID -> Type.FIXED_LEN_BYTE_ARRAY;
        };
    }
}
