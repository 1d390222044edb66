// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The ClickHouse type that a Flink type gets where Velo makes a table or asks for a value of that
 * type. Arrays, maps and rows are never Nullable, because ClickHouse has no such columns.
 * Stateless, therefore thread-safe.
 */
public final class ServerTypes {

    private ServerTypes() {}

    /** The type's text, Nullable where the Flink type is; empty if there is none. */
    public static Optional<String> find(LogicalType type) {
        return plain(type)
                .map(
                        plain ->
                                type.isNullable() && !isNested(type)
                                        ? "Nullable(" + plain + ")"
                                        : plain);
    }

    /** The type's text without Nullable around it; empty if there is none. */
    public static Optional<String> plain(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> Optional.of("Bool");
            case TINYINT -> Optional.of("Int8");
            case SMALLINT -> Optional.of("Int16");
            case INTEGER -> Optional.of("Int32");
            case BIGINT -> Optional.of("Int64");
            case FLOAT -> Optional.of("Float32");
            case DOUBLE -> Optional.of("Float64");
            case CHAR, VARCHAR, VARBINARY -> Optional.of("String");
            case BINARY -> Optional.of("FixedString(" + LogicalTypeChecks.getLength(type) + ")");
            case DATE -> Optional.of("Date32");
            case TIME_WITHOUT_TIME_ZONE -> Optional.of("Time64(3)");
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield Optional.of(
                        "Decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")");
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int digits = LogicalTypeChecks.getPrecision(type);
                yield Optional.of(
                        digits == 0 ? "DateTime('UTC')" : "DateTime64(" + digits + ", 'UTC')");
            }
            default -> nested(type);
        };
    }

    private static boolean isNested(LogicalType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof MultisetType
                || type instanceof RowType;
    }

    private static Optional<String> nested(LogicalType type) {
        if (type instanceof ArrayType array) {
            return find(array.getElementType()).map(element -> "Array(" + element + ")");
        }
        if (type instanceof MultisetType multiset) {
            return plain(multiset.getElementType()).map(key -> "Map(" + key + ", UInt32)");
        }
        if (type instanceof MapType map) {
            Optional<String> value = find(map.getValueType());
            return plain(map.getKeyType())
                    .flatMap(key -> value.map(text -> "Map(" + key + ", " + text + ")"));
        }
        return type instanceof RowType row ? tuple(row) : Optional.empty();
    }

    private static Optional<String> tuple(RowType row) {
        List<String> fields = new ArrayList<>();
        for (RowType.RowField field : row.getFields()) {
            Optional<String> part = find(field.getType());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            fields.add(Sql.name(field.getName()) + " " + part.get());
        }
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of("Tuple(" + String.join(", ", fields) + ")");
    }
}
